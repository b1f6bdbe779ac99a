namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>
/// Removes the leftovers of a host. Besides kill and printf, the script uses find, grep, rm, rmdir, sleep and umount; for
/// networks also flock, ip, nft, nsenter and readlink.
/// </summary>
/// <remarks>
/// Arguments: the folder of the host, its name, and runc. The script kills the containers first, then removes what they
/// wrote to. If a container does not die, everything stays for the next start. A runc that hangs gets ten seconds,
/// once: the script does all that runc would do, except for the hooks of a container. Mounts, loop devices and network
/// namespaces need no removal: they belong to a container's own mount namespace and disappear with its last process.
/// Mounts of scratches are this machine's. If one cannot be taken away, everything stays, because the removal would go
/// through it into the scratch. Interfaces and the table of the firewall are found by the name of the host; the last host
/// that had turned forwarding on turns it off. Another network namespace is entered by a process in it. Running the script
/// twice, or two at once, does no harm.
/// </remarks>
internal static class LeftoversScript
{
    public const string Text = """
        folder=$1 host=$2 runc=$3

        # The command lines that may be of interest; busybox grep stops at the first zero byte, and finds none.
        if printf 'x\0y\n' | grep -qsF y; then
            candidates() { grep -lsF "$folder/" /proc/[0-9]*/cmdline; }
        else
            candidates() { echo /proc/[0-9]*/cmdline; }
        fi

        # A command of runc that was under way would go on making what is being removed; two removals trip each other up.
        # The shell's own read drops the zero bytes and forks nothing.
        stop_tools() {
            for file in $(candidates); do
                line=
                IFS= read -r line <"$file"
                case $line in
                    "$runc--root$folder/"* | "rm-rf$folder/bundles/"*)
                        process=${file#/proc/}
                        kill -9 "${process%/cmdline}" ;;
                esac
            done
        }

        # A command for ten seconds at most; then it is killed, and another pass goes on where it was.
        bounded() {
            read -r now _ </proc/uptime
            end=$((${now%.*} + 10))
            "$@" &
            while IFS= read -r stat <"/proc/$!/stat"; do
                case $stat in
                    *') Z '*) break ;;
                esac
                read -r now _ </proc/uptime
                if [ "${now%.*}" -ge "$end" ]; then
                    kill -9 "$!"
                    return 137
                fi
                sleep 0.02
            done
            wait "$!"
        }

        pass=0 quiet=0
        while [ "$quiet" = 0 ]; do
            [ "$pass" -lt 100 ] || exit 1
            [ "$pass" = 0 ] || sleep 0.1
            pass=$((pass + 1)) alive='' quiet=1
            stop_tools
            for group in /sys/fs/cgroup/hcs-"$host"-* /sys/fs/cgroup/*/hcs-"$host"-*; do
                [ -d "$group" ] || continue
                quiet=0
                while read -r process; do
                    alive=1
                    kill -9 "$process"
                done <"$group/cgroup.procs"

                # What is frozen does not even die.
                [ ! -f "$group/freezer.state" ] || echo THAWED >"$group/freezer.state"
                [ ! -f "$group/cgroup.freeze" ] || echo 0 >"$group/cgroup.freeze"
            done
            [ -z "$alive" ] || continue
            for bundle in "$folder"/bundles/*; do
                [ -d "$bundle" ] || continue
                quiet=0
                if [ -n "$runc" ]; then
                    bounded "$runc" --root "$folder/runc" delete --force "${bundle##*/}"
                    [ "$?" != 137 ] || runc=
                fi
                bounded rm -rf "$bundle"
            done
            for group in /sys/fs/cgroup/hcs-"$host"-* /sys/fs/cgroup/*/hcs-"$host"-*; do
                [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} \;
            done
        done

        # A command of ip or nft that was under way may go on for a moment, so nothing must be found twice.
        remove_networks() {
            table=hcs_${host%????} prefix=hcs${host%????} pass=0 empty=0
            while [ "$empty" -lt 2 ] && [ "$pass" -lt 100 ]; do
                [ "$pass" = 0 ] || sleep 0.1
                pass=$((pass + 1)) empty=$((empty + 1))
                links=$($enter ip -o link show)
                while read -r _ link _; do
                    link=${link%:} link=${link%@*}
                    case $link in
                        "$prefix"*)
                            empty=0
                            $enter ip link delete dev "$link" ;;
                    esac
                done <<END
        $links
        END
                if $enter nft list table ip "$table"; then
                    empty=0
                    $enter nft delete table ip "$table"
                fi
            done
            file=${namespace#*[} file=/run/hcspowershell/forwarding-${file%]}
            [ -f "$file" ] || return
            if flock -n 9; then
                while read -r link value; do
                    $enter sh -c "echo $value >/proc/sys/net/ipv4/conf/$link/forwarding"
                done <"$file"
                rm -f "$file"
            fi 9<"$file"
        }

        if [ -f "$folder/networks" ] && read -r namespace <"$folder/networks"; then
            PATH=$PATH:/usr/sbin:/sbin
            enter=
            if [ "$(readlink /proc/self/ns/net)" = "$namespace" ]; then
                remove_networks
            else
                for link in /proc/[0-9]*/ns/net; do
                    [ "$(readlink "$link")" = "$namespace" ] || continue
                    enter="nsenter --net=$link"
                    remove_networks
                    break
                done
            fi
        fi
        for mount in "$folder"/mounts/*; do
            [ "$mount" != "$folder/mounts/*" ] || continue
            umount "$mount" || umount -l "$mount"
            rmdir "$mount" || [ ! -e "$mount" ] || exit 1
        done
        rmdir "$folder/mounts" || [ ! -e "$folder/mounts" ] || exit 1
        rm -rf "$folder" "$folder.lock"
        exit 0
        """;
}
