# A stand-in for systemctl where systemd is not the first process: starts and stops what the unit of the dispatch server says, as the user it says, and
# notes what the server tells its supervisor.

unit=/usr/lib/systemd/system/taxicredit-dispatch.service

of_unit() { sed -n "s/^$1=//p" $unit; }

systemctl() {
    case $1 in
        stop)
            kill "$(cat /tmp/server)"
            while [ ! -e /tmp/exit ]; do sleep 0.2; done
            ;;
        restart)
            # The supervisor's end of the conversation, by what a small Debian has: perl.
            perl -MSocket -e '
                socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die; unlink "/tmp/notify"; bind($s, pack_sockaddr_un("/tmp/notify")) or die; chmod 0666, "/tmp/notify";
                $| = 1; print "$_\n" while defined recv($s, $_, 256, 0)' >/tmp/notified &
            while [ ! -S /tmp/notify ]; do sleep 0.1; done
            (
                cd "$(of_unit WorkingDirectory)"
                status=0
                NOTIFY_SOCKET=/tmp/notify WATCHDOG_USEC=$(($(of_unit WatchdogSec) * 1000000)) \
                    setpriv --reuid="$(of_unit User)" --regid="$(of_unit Group)" --init-groups --no-new-privs \
                    sh -c "umask $(of_unit UMask); echo \$\$ >/tmp/server; exec $(of_unit ExecStart)" || status=$?
                echo $status >/tmp/exit
            ) &
            while ! grep -q READY=1 /tmp/notified; do
                [ ! -e /tmp/exit ] || return 1
                sleep 0.2
            done
            ;;
    esac
}
