#!/bin/sh
# Starts Peal. Packages put this file in the place of the binary's name; the binary lies beside it.
#
# In a Wayland session Chromium would run as a Wayland client, and no Wayland client may keep a window above the others
# or say where it is: the card of a ringing call and the mini window need both. So where an X server is to be had (the
# session brings one for older programs) Peal starts on that. The program itself could not choose: by the time its code
# runs, the choice was made.
#
# Who wants Wayland all the same says so once:  touch ~/.config/peal-wayland
# or for one start:                             PEAL_WAYLAND=1 peal        or        peal --ozone-platform=wayland

self=$(readlink -f -- "$0") || self=$0
binary=${self%/*}/peal-bin

is_wayland() {
  [ -n "$WAYLAND_DISPLAY" ] || [ "$XDG_SESSION_TYPE" = wayland ]
}

# A number that nobody listens at would keep Peal from starting at all; servers elsewhere are taken at their word.
has_x_server() {
  case $DISPLAY in
    '') return 1 ;;
    :*)
      number=${DISPLAY#:}
      [ -S "/tmp/.X11-unix/X${number%%.*}" ]
      ;;
  esac
}

wants_wayland() {
  [ -n "$PEAL_WAYLAND" ] || [ -e "${XDG_CONFIG_HOME:-$HOME/.config}/peal-wayland" ]
}

for argument; do
  case $argument in
    --ozone-platform | --ozone-platform=* | --ozone-platform-hint=*) exec "$binary" "$@" ;;
  esac
done

if is_wayland && has_x_server && ! wants_wayland; then
  exec "$binary" --ozone-platform=x11 "$@"
fi
exec "$binary" "$@"
