using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>
/// A process with a host that makes a network and an endpoint with a port, attaches, detaches and deletes them, in
/// namespaces of its own. Stand-ins for ip and nft count their runs, and one run never ends. There the process is killed;
/// then its guardian, or without it the next host, removes what is left.
/// </summary>
/// <param name="Run">Number of the run; 0 lets the process end by itself.</param>
/// <param name="IsAfter">True when the run has done its work.</param>
/// <param name="IsGuarded">True leaves the guardian to work, false makes another host.</param>
internal sealed record KilledStep(int Run, bool IsAfter, bool IsGuarded)
{
    // $1 is a folder for results, $2 this executable, $3 the run, $4 before or after, $5 guardian or session.
    private const string Script = """
        set -e
        dir=$1 exe=$2 run=$3 when=$4 who=$5
        for folder in /run/hcspowershell /var/lib/hcspowershell /run/lock; do
            mkdir -p $folder
            mount -t tmpfs -o mode=700 tmpfs $folder
        done
        ip link set lo up
        sysctl -qw net.ipv4.ip_forward=0
        ip link add uplink type veth peer name lan
        ip address add 198.51.100.2/24 dev uplink
        ip link set uplink up
        ip link set lan up
        ip route add default via 198.51.100.1
        unshare --net sleep infinity &
        container=$!
        for tool in ip nft; do
            cp -L "/usr/sbin/$tool" "$dir/$tool"
        done
        state() {
            "$dir/nft" list ruleset
            "$dir/ip" -o link | cut -d : -f 2 | sort
            nsenter --net=/proc/$container/ns/net "$dir/ip" -o link | cut -d : -f 2
            for file in /proc/sys/net/ipv4/conf/*/forwarding; do
                echo "$file $(cat $file)"
            done
            find /run/hcspowershell -name 'forwarding-*'
            ls /var/lib/hcspowershell
        }
        until [ "$(readlink /proc/$container/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
        state >"$dir/before"
        for tool in ip nft; do
            cat >"$dir/stand-in-$tool" <<END
        #!/bin/sh
        count() {
            flock 9
            read -r last <"$dir/count" || last=0
            echo \$((last + 1)) >"$dir/count"
            [ \$((last + 1)) = $run ]
        }
        if count 9>"$dir/lock"; then
            [ $when = before ] || "$dir/$tool" "\$@"
            echo reached >"$dir/reached"
            exec sleep infinity
        fi
        exec "$dir/$tool" "\$@"
        END
            chmod 755 "$dir/stand-in-$tool"
            mount --bind "$dir/stand-in-$tool" "/usr/sbin/$tool"
        done
        : >"$dir/count"
        "$exe" --network-steps $container >"$dir/out" 2>&1 &
        host=$!
        if [ $run != 0 ]; then
            until [ -f "$dir/reached" ]; do
                [ -d /proc/$host ] || exit 2
                sleep 0.02
            done
            guardian=
            for process in /proc/[0-9]*; do
                if tr '\0' '\n' <$process/cmdline 2>/dev/null | grep -qx hcs-guardian; then guardian=${process#/proc/}; fi
            done
            [ -n "$guardian" ] || exit 3
            [ $who = guardian ] || kill -9 $guardian
            kill -9 $host
            state >"$dir/killed"
            if [ $who = guardian ]; then
                while [ -d /proc/$guardian ]; do sleep 0.02; done
            else
                "$exe" --network-session >>"$dir/out" 2>&1
            fi
        else
            wait $host
        fi
        state >"$dir/after"
        """;

    /// <summary>Runs it; returns the number of runs, and what was left at the kill, before anyone removed it.</summary>
    public async Task<(int Runs, bool IsAnythingLeft)> TakeAsync()
    {
        string folder = Directory.CreateTempSubdirectory("hcs-killed-").FullName;
        ProcessStartInfo info = new(
            "unshare",
            [
                "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", Script, "sh", folder,
                Path.Combine(AppContext.BaseDirectory, "HcsPowerShell.Embedded.Tests"),
                $"{Run}", IsAfter ? "after" : "before", IsGuarded ? "guardian" : "session",
            ])
        {
            RedirectStandardError = true,
        };
        using Process process = Process.Start(info)!;
        try
        {
            string error = await process.StandardError.ReadToEndAsync().Within(Waits.LimitOfProcess, $"{this}, in {folder}");
            await process.WaitForExitAsync().Within(what: ToString());
            Assert.True(process.ExitCode == 0, $"{this}: {process.ExitCode} {error} {Read("out")}");
            Assert.Equal($"{this}\n{Read("before")}", $"{this}\n{Read("after")}");
            return (int.Parse(Read("count"), null), Run != 0 && Read("killed") != Read("before"));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            Directory.Delete(folder, recursive: true);
        }

        string Read(string name) => File.Exists(Path.Combine(folder, name)) ? File.ReadAllText(Path.Combine(folder, name)) : "";
    }
}
