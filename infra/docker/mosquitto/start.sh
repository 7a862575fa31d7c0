#!/bin/sh
# Makes the plugin's file with its administrator when there is none, then becomes the broker.
set -eu
umask 077
state=/mosquitto/data/dynamic-security.json
[ -s "$state" ] || mosquitto_ctrl dynsec init "$state" admin "$(cat /run/secrets/mosquitto-admin-password)"
exec mosquitto -c /mosquitto/config/mosquitto.conf
