# Sourced before docs/history.md: an image and a repository that were deleted.

before() {
  case $1 in
    "entrepot history"*) push app v1; push app gone; sleep 1; export THEN DIGEST
      THEN=$(date -u +%FT%TZ); DIGEST=$(digest app gone)
      aws ecr batch-delete-image --repository-name app --image-ids "imageDigest=$DIGEST" >/dev/null
      sleep 1; push app v1 ;;
    "entrepot undelete app") aws ecr delete-repository --repository-name app --force >/dev/null ;;
  esac
}
