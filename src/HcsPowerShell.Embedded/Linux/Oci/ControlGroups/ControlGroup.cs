using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.ControlGroups;

/// <summary>
/// The control group of a container, read through its files. All members may be called from any thread.
/// </summary>
internal abstract class ControlGroup : IDisposable
{
    private readonly string _processes;

    private protected ControlGroup(string processesFolder) => _processes = processesFolder + "/cgroup.procs";

    /// <summary>Opens the control group in which runc has put a container, as the state file of runc says.</summary>
    public static ControlGroup Open(string runcState, string name)
    {
        byte[] state = File.ReadAllBytes(Path.Combine(runcState, name, "state.json"));
        using JsonDocument document = JsonDocument.Parse(state);
        Dictionary<string, string> paths = document.RootElement.GetProperty("cgroup_paths").EnumerateObject()
            .ToDictionary(path => path.Name, path => path.Value.GetString()!);

        // Where both versions are mounted, version 2 is the hierarchy without a name, and has no controllers.
        return paths.ContainsKey("memory") ? new ControlGroup1(paths) : new ControlGroup2(paths[string.Empty]);
    }

    /// <summary>Reads the counters. The caller sets timestamp, start and uptime.</summary>
    /// <param name="reader">Reader that only the caller uses.</param>
    public abstract Statistics Sample(ProcReader reader);

    /// <summary>Gets the number of processes the kernel has killed because the memory was used up.</summary>
    public abstract ulong OutOfMemoryKills(ProcReader reader);

    /// <summary>Gets the host process ids of its processes, including the first one.</summary>
    public IReadOnlyList<int> ProcessIds(ProcReader reader)
    {
        List<int> ids = [];
        if (reader.TryRead(_processes, out ReadOnlySpan<byte> content))
        {
            while (Utf8Parser.TryParse(content, out int id, out int length))
            {
                ids.Add(id);
                content = content.Slice(Math.Min(length + 1, content.Length));
            }
        }

        return ids;
    }

    /// <summary>Thaws frozen processes; does nothing otherwise.</summary>
    public abstract void Thaw();

    /// <summary>Closes its files.</summary>
    public abstract void Dispose();

    private protected static void Write(string? file, string value)
    {
        try
        {
            if (file is not null)
            {
                File.WriteAllText(file, value);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The group has gone, and its processes with it.
        }
    }
}
