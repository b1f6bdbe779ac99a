using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Containers of runc alone, with the mounts, namespaces and limits the module has asked for.</summary>
internal sealed class BareContainers : IDisposable
{
    private const string Name = "hcs-benchmark";

    private readonly string _folder = Directory.CreateTempSubdirectory("hcs-benchmark-").FullName;
    private readonly RuncShell _runc;

    /// <param name="pattern">Is copied, and not needed afterwards.</param>
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

        // The module's own first process is in its memory; any that lasts will do.
        configuration["process"]!["args"] = new JsonArray("/bin/sleep", "infinity");
        MountRoot(configuration, Path.Combine(bundle, "upper"));
        File.WriteAllText(Path.Combine(bundle, "config.json"), configuration.ToJsonString());
        Orphans.TakeIn();
        _runc = new RuncShell(_folder);
    }

    /// <summary>One life: create, start, exec, kill and delete.</summary>
    public void LiveOnce(LifeCycleTimes times)
    {
        string first = Path.Combine(_folder, "first");
        string second = Path.Combine(_folder, "second");
        times.Step(() => _runc.Run($"create --bundle {_folder}/bundle --pid-file {first} {Name}"));
        times.Step(() => _runc.Run($"start {Name}"));
        times.Step(() => _runc.Run($"exec --detach --pid-file {second} {Name} /bin/sleep infinity"));
        times.Step(() =>
        {
            _runc.Run($"kill {Name} KILL");

            // The first process ends when all others have been reaped.
            Orphans.Reap(second);
            Orphans.Reap(first);
            _runc.Run($"delete {Name}");
        });
        times.End();
    }

    // The module has a namespace ready with the root in it, which is gone; runc alone makes both.
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
        _runc.Run($"delete --force {Name}");
        _runc.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
