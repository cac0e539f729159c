# Runs a program ($0) whose configuration names Services, where only Java programs resolve such names: with a copy of the
# directory of its --config.file in which each name before a port is the address that the pod's environment has for it.
# The label of an edge (client->service:port) is no address.
set -e
addresses=
for service in $(env | sed -n 's/^\([A-Z0-9_]*\)_SERVICE_HOST=.*/\1/p'); do
  name=$(echo "$service" | tr 'A-Z_' 'a-z-')
  eval "address=\$${service}_SERVICE_HOST"
  addresses="$addresses;s#\([^a-zA-Z0-9.>-]\)$name:\([0-9]\)#\1$address:\2#g"
done
for argument; do
  shift
  case $argument in
    --config.file=*)
      file=${argument#*=}
      copy=$(mktemp -d)
      for each in "$(dirname "$file")"/*; do
        [ ! -f "$each" ] || cp "$each" "$copy"
      done
      sed -i "${addresses#;}" "$copy"/*
      argument=--config.file=$copy/$(basename "$file")
      ;;
  esac
  set -- "$@" "$argument"
done
exec "$0" "$@"
