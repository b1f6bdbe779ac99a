using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Containers of runc alone, with the mounts, namespaces and limits that the module requests.</summary>
internal sealed class BareContainers : IDisposable
{
    private const string Name = "hcs-benchmark";

    private readonly string _folder = Directory.CreateTempSubdirectory("hcs-benchmark-").FullName;
    private readonly BareShell _shell;
    private int _bundles;

    /// <param name="pattern">The bundle to copy; it is not needed afterwards.</param>
    public BareContainers(ModuleBundle pattern)
    {
        string bundle = Path.Combine(_folder, "bundle");
        using (Process copy = Process.Start("/bin/cp", ["-a", pattern.Folder, bundle]))
        {
            copy.WaitForExit();
        }

        string text = pattern.ReadConfiguration()
            .Replace(pattern.Folder, bundle, StringComparison.Ordinal)
            .Replace(pattern.Name, Name, StringComparison.Ordinal);
        JsonNode configuration = JsonNode.Parse(text)!;

        // The first process of the module is in the module's memory; any process that keeps running will do.
        configuration["process"]!["args"] = new JsonArray("/bin/sleep", "infinity");
        MountRoot(configuration, Path.Combine(bundle, "upper"));
        File.WriteAllText(Path.Combine(bundle, "config.json"), configuration.ToJsonString());
        Orphans.TakeIn();
        _shell = new BareShell(_folder);
    }

    /// <summary>Runs one life cycle: create, start, exec, kill and delete.</summary>
    public void LiveOnce(LifeCycleTimes times)
    {
        string first = Path.Combine(_folder, "first");
        string second = Path.Combine(_folder, "second");
        times.Step(() => Run($"create --bundle {_folder}/bundle --pid-file {first} {Name}"));
        times.Step(() => Run($"start {Name}"));
        times.Step(() => Run($"exec --detach --pid-file {second} {Name} /bin/sleep infinity"));
        times.Step(() =>
        {
            Run($"kill {Name} KILL");

            // The first process ends when all others are reaped.
            Orphans.Reap(second);
            Orphans.Reap(first);
            Run($"delete {Name}");
        });
        times.End();
    }

    /// <summary>Makes numbered copies of the bundle, for containers that live at the same time.</summary>
    public void AddBundles(int count)
    {
        _bundles = count;
        for (int i = 1; i <= count; i++)
        {
            _shell.Run($"cp -a {_folder}/bundle {_folder}/bundle{i}");
            _shell.Run($"sed -i -e s,{_folder}/bundle/,{_folder}/bundle{i}/,g -e 's,{Name}\",{Name}{i}\",g' {_folder}/bundle{i}/config.json");
        }

        File.WriteAllLines(Path.Combine(_folder, "numbers"), Enumerable.Range(1, count).Select(i => $"{i}"));

        // The first process is left to this program, and runc sees that it has ended.
        File.WriteAllText(Path.Combine(_folder, "live"), $"""
            runc="runc --root {_folder}/runc"
            $runc create --bundle {_folder}/bundle$1 --pid-file {_folder}/first$1 {Name}$1 &&
            $runc start {Name}$1 && $runc exec {Name}$1 /bin/true && $runc kill {Name}$1 KILL || exit
            until $runc delete {Name}$1 2>{_folder}/refusal$1; do :; done

            """);
    }

    /// <summary>Runs a life cycle in each numbered bundle, as many at a time as there are processors.</summary>
    public void LiveAtOnce() =>
        _shell.Run($"xargs -a {_folder}/numbers -P {Environment.ProcessorCount} -n 1 sh {_folder}/live");

    /// <summary>Reaps what the life cycles have left.</summary>
    public void ReapAll()
    {
        for (int i = 1; i <= _bundles; i++)
        {
            Orphans.Reap(Path.Combine(_folder, "first" + i));
        }
    }

    private void Run(string arguments) => _shell.Run($"runc --root {_folder}/runc {arguments}");

    // The module prepares a mount namespace with the root in it, which no longer exists; here runc creates both.
    private static void MountRoot(JsonNode configuration, string root)
    {
        configuration["linux"]!["namespaces"]!.AsArray()
            .Single(entry => (string?)entry!["type"] == "mount")!.AsObject().Remove("path");
        configuration["mounts"]!.AsArray().Insert(0, new JsonObject
        {
            ["destination"] = "/",
            ["type"] = "bind",
            ["source"] = root,
            ["options"] = new JsonArray("bind"),
        });
    }

    public void Dispose()
    {
        Run($"delete --force {Name}");
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
