# What terraform.sh makes. `changed` is its second wish.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

variable "space" { type = string }
variable "changed" {
  type    = bool
  default = false
}
variable "with_key" {
  type    = bool
  default = true
}

data "aws_caller_identity" "me" {}

resource "aws_ecr_repository" "app" {
  name                 = "${var.space}/app"
  image_tag_mutability = var.changed ? "IMMUTABLE" : "MUTABLE"
  force_delete         = true
  image_scanning_configuration { scan_on_push = var.changed }
  tags = var.changed ? { team = "blue", stage = "test" } : { team = "red" }
}

resource "aws_ecr_repository" "other" {
  name = "${var.space}/other"
}

resource "aws_kms_key" "images" {
  description             = var.changed ? "what images are encrypted by" : "images"
  deletion_window_in_days = 7
  enable_key_rotation     = var.changed
  tags                    = var.changed ? { team = "blue" } : { team = "red" }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = var.changed ? "Owner" : "Root"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "spare" {
  deletion_window_in_days = 7
  is_enabled              = !var.changed
}

resource "aws_kms_alias" "images" {
  name          = "alias/${var.space}"
  target_key_id = var.changed ? aws_kms_key.images.key_id : aws_kms_key.spare.key_id
}

resource "aws_ecr_repository" "sealed" {
  name         = "${var.space}/sealed"
  force_delete = true
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.images.arn
  }
}

resource "aws_ecr_repository" "default_key" {
  name = "${var.space}/default-key"
  encryption_configuration { encryption_type = "KMS" }
}

resource "aws_ecr_repository_policy" "app" {
  repository = aws_ecr_repository.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Push"
      Effect    = "Allow"
      Principal = { AWS = aws_iam_user.ci.arn }
      Action = concat(
        ["ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"],
        var.changed ? ["ecr:DescribeImages"] : []
      )
    }]
  })
}

data "aws_ecr_lifecycle_policy_document" "app" {
  rule {
    priority    = 1
    description = "few releases"
    selection {
      tag_status       = "tagged"
      tag_pattern_list = var.changed ? ["v*", "*-rc*"] : ["v*"]
      count_type       = "imageCountMoreThan"
      count_number     = var.changed ? 30 : 20
    }
  }
  rule {
    priority    = 2
    description = "no old leftovers"
    selection {
      tag_status   = "untagged"
      count_type   = "sinceImagePushed"
      count_unit   = "days"
      count_number = 14
    }
  }
}

resource "aws_ecr_lifecycle_policy" "app" {
  repository = aws_ecr_repository.app.name
  policy     = data.aws_ecr_lifecycle_policy_document.app.json
}

# As modules have it by default: one rule, by jsonencode, and nulls left out.
resource "aws_ecr_lifecycle_policy" "other" {
  repository = aws_ecr_repository.other.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep last ${var.changed ? 50 : 30} images"
      selection = {
        tagStatus     = "tagged"
        tagPrefixList = ["v"]
        countType     = "imageCountMoreThan"
        countNumber   = var.changed ? 50 : 30
      }
      action = { type = "expire" }
    }]
  })
}

resource "aws_ecr_registry_policy" "all" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Replicate"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = var.changed ? ["ecr:CreateRepository", "ecr:ReplicateImage"] : ["ecr:ReplicateImage"]
      Resource  = ["arn:aws:ecr:us-east-1:${data.aws_caller_identity.me.account_id}:repository/*"]
    }]
  })
}

resource "aws_ecr_registry_scanning_configuration" "all" {
  scan_type = var.changed ? "ENHANCED" : "BASIC"
  rule {
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {
      filter      = "${var.space}*"
      filter_type = "WILDCARD"
    }
  }
  dynamic "rule" {
    for_each = var.changed ? ["CONTINUOUS_SCAN"] : []
    content {
      scan_frequency = rule.value
      dynamic "repository_filter" {
        for_each = ["*prod*", "${var.space}/app"]
        content {
          filter      = repository_filter.value
          filter_type = "WILDCARD"
        }
      }
    }
  }
}

resource "aws_ecr_account_setting" "scope" {
  name  = "REGISTRY_POLICY_SCOPE"
  value = var.changed ? "V2" : "V1"
}

resource "aws_iam_user" "ci" {
  name          = "${var.space}-ci"
  path          = "/terraform/"
  force_destroy = true
  tags          = var.changed ? { team = "blue" } : { team = "red", old = "" }
}

# Has nothing that names it, so a new name does not replace anything.
resource "aws_iam_user" "moved" {
  name = var.changed ? "${var.space}-renamed" : "${var.space}-named"
  path = var.changed ? "/terraform/moved/" : "/terraform/"
}

resource "aws_iam_access_key" "ci" {
  count = var.with_key ? 1 : 0
  user  = aws_iam_user.ci.name
}

resource "aws_iam_access_key" "spare" {
  user   = aws_iam_user.ci.name
  status = var.changed ? "Inactive" : "Active"
}

resource "aws_iam_user_policy" "login" {
  name = "login"
  user = aws_iam_user.ci.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = var.changed ? ["ecr:GetAuthorizationToken", "ecr:DescribeRegistry"] : ["ecr:GetAuthorizationToken"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "layers" {
  name        = "${var.space}-layers"
  path        = "/terraform/"
  description = "asks for \"layers\" & nothing more"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = var.changed ? ["ecr:BatchCheckLayerAvailability", "ecr:ListImages"] : ["ecr:BatchCheckLayerAvailability"]
      Resource = aws_ecr_repository.app.arn
    }]
  })
}

resource "aws_iam_user_policy_attachment" "layers" {
  user       = aws_iam_user.ci.name
  policy_arn = aws_iam_policy.layers.arn
}

resource "aws_iam_user_policy_attachment" "pull" {
  user       = aws_iam_user.ci.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
}

output "key" { value = one(aws_iam_access_key.ci[*].id) }
output "spare" { value = aws_iam_access_key.spare.id }
output "images_key" { value = aws_kms_key.images.key_id }
output "spare_key" { value = aws_kms_key.spare.key_id }
output "layers" { value = aws_iam_policy.layers.arn }
output "account" { value = data.aws_caller_identity.me.account_id }
output "secret" {
  value     = one(aws_iam_access_key.ci[*].secret)
  sensitive = true
}
