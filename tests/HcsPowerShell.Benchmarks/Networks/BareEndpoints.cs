using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Networks;

/// <summary>Endpoints by ip and nft alone: the commands that the module runs, with names of their own.</summary>
internal sealed class BareEndpoints : IDisposable
{
    private const string Bridge = "hcsbench";
    private const string Pair = "hcsbenchpair";
    private const string Table = "hcs_benchmark";

    private readonly string _folder = Directory.CreateTempSubdirectory("hcs-benchmark-").FullName;
    private readonly Process _inNetwork = Process.Start("unshare", ["--net", "sleep", "infinity"]);
    private readonly BareShell _shell;

    public BareEndpoints()
    {
        _shell = new BareShell(_folder);
        string mapping = $"element ip {Table} ports {{ tcp . 18081 : 10.213.71.2 . 80 }}";
        File.WriteAllText(Path.Combine(_folder, "table"), TableOfModule());
        Write(
            "bridge",
            $"link add name {Bridge} type bridge",
            $"link set dev {Bridge} addrgenmode none up",
            $"address add 10.213.71.1/24 dev {Bridge}");
        Write("map", "add " + mapping);
        Write("unmap", "delete " + mapping);
        Write(
            "connect",
            $"link add name {Pair} mtu 1500 master {Bridge} type veth peer name eth0 mtu 1500 address 00:15:5d:47:00:02"
                + $" netns {_inNetwork.Id}",
            $"link set dev {Pair} addrgenmode none up type bridge_slave hairpin on");
        Write(
            "configure",
            "address add 10.213.71.2/24 broadcast + dev eth0",
            "link set dev eth0 addrgenmode none up",
            "route add default via 10.213.71.1 dev eth0");
        Write("disconnect", $"link delete dev {Pair}");
        _shell.Run($"nft -f {_folder}/table");
        _shell.Run($"ip -batch {_folder}/bridge");
    }

    /// <summary>Makes an endpoint with a port, connects it, disconnects and removes it.</summary>
    public void LiveOnce()
    {
        _shell.Run($"nft -f {_folder}/map");
        _shell.Run($"ip -batch {_folder}/connect");
        _shell.Run($"nsenter --net=/proc/{_inNetwork.Id}/ns/net ip -batch {_folder}/configure");
        _shell.Run($"ip -batch {_folder}/disconnect");
        _shell.Run($"nft -f {_folder}/unmap");
    }

    public void Dispose()
    {
        _shell.Run($"nft delete table ip {Table}");
        _shell.Run($"ip link delete dev {Bridge}");
        _shell.Dispose();
        _inNetwork.Kill();
        _inNetwork.WaitForExit();
        _inNetwork.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The table of the module with another name: what nft reads before a change is as much as there.</summary>
    private static string TableOfModule()
    {
        string name = Ask("list", "tables").Split('\n').Single(line => line.StartsWith("table ip hcs", StringComparison.Ordinal))
            .Split(' ')[2];
        return Ask("list", "table", "ip", name).Replace(name, Table, StringComparison.Ordinal);
    }

    private static string Ask(params string[] question)
    {
        using Process nft = Process.Start(new ProcessStartInfo("nft", question) { RedirectStandardOutput = true })!;
        string answer = nft.StandardOutput.ReadToEnd();
        nft.WaitForExit();
        return answer;
    }

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder, name), lines);
}
