# Sourced before docs/cluster.md: the checkout as $E, on ports that are free; PostgreSQL runs as nobody who is root.

mkdir checkout here
ln -s "$CHECKOUT/entrepot" checkout/entrepot
cp -r "$CHECKOUT/deploy" checkout/deploy
sed -i "s/\b500\([0-3]\)\b/${PORT%0}\1/" checkout/deploy/*.conf
export E=$PWD/checkout PGPORT=$((PORT + 8)) PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
cd here

if [ "$(id -u)" = 0 ]; then
  chmod 711 .. && mkdir db && chown postgres db . && postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
  initdb() { postgres "$(type -P initdb)" "$@"; }
  pg_ctl() { postgres "$(type -P pg_ctl)" "$@" -l db/log; }
  export -f postgres initdb pg_ctl
fi
trap 'pg_ctl -D db -m immediate stop >/dev/null' EXIT # the rest is of this group
