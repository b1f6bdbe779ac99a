using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Targets;

/// <summary>Compares the document of a container with its host: what it names there exists, and fits together.</summary>
internal sealed class OnHostCheck
{
    private const string UtilityFiles = "Files";

    private readonly HcsHost _host;
    private readonly HostMembers _members;
    private readonly Deadline _deadline;
    private readonly List<DocumentProblem> _problems = [];

    private OnHostCheck(HcsHost host, HostMembers members, Deadline deadline)
    {
        _host = host;
        _members = members;
        _deadline = deadline;
    }

    /// <summary>Returns every problem; what may not be read is one.</summary>
    /// <param name="host">The host.</param>
    /// <param name="document">The document; one that is no container's has no problems here.</param>
    /// <param name="deadline">The time limit of the command.</param>
    public static async Task<IReadOnlyList<DocumentProblem>> RunAsync(HcsHost host, HcsDocument document, Deadline deadline)
    {
        if (HostMembers.Of(document) is not { } members)
        {
            return [];
        }

        OnHostCheck check = new(host, members, deadline);
        await check.RunAsync().ConfigureAwait(false);
        return check._problems;
    }

    private async Task RunAsync()
    {
        LayerProperties? scratch = await ScratchAsync().ConfigureAwait(false);
        List<LayerProperties> layers = [];
        foreach (NamedLayer named in _members.Layers)
        {
            if (await LayerAsync(named).ConfigureAwait(false) is { } layer)
            {
                layers.Add(layer);
            }
        }

        CheckChain(scratch, layers);
        await CheckVersionAsync(layers).ConfigureAwait(false);
        CheckUtility(layers);
        CheckPaths();
    }

    private async Task<LayerProperties?> ScratchAsync()
    {
        if (_members.Scratch is not { } place || IsMadeAt(place))
        {
            if (_members.Volume is { } alone && !Exists(alone.Path, mayBeFile: _host.Properties.MountsScratch))
            {
                Add(alone, $"There is no volume '{alone.Path}' that this user can see.");
            }

            return null;
        }

        if (await DescribeAsync(place).ConfigureAwait(false) is not { } scratch)
        {
            return null;
        }

        if (scratch.Kind != LayerKind.Scratch)
        {
            Add(place, $"'{place.Path}' is a read-only layer; a container writes to a scratch.");
            return null;
        }

        CheckVolume(place, scratch.VolumePath);
        return scratch;
    }

    // A service that mounts a scratch itself takes a new or empty folder, and the file of a disk.
    private bool IsMadeAt(HostPath place) =>
        _host.Properties.MountsScratch
        && (File.Exists(place.Path)
            || (Directory.Exists(place.Path) ? IsEmpty(place) : _members.Layers.Count > 0 && _members.Volume is null));

    private static bool IsEmpty(HostPath place)
    {
        try
        {
            return !Directory.EnumerateFileSystemEntries(place.Path).Any();
        }
        catch (Exception e) when (IsFinding(e))
        {
            // The description of the layer meets the same refusal, and reports it.
            return false;
        }
    }

    private void CheckVolume(HostPath scratch, string? mounted)
    {
        if (_members.Volume is { } volume)
        {
            if (mounted is null)
            {
                Add(volume, $"The scratch '{scratch.Path}' is not mounted.");
            }
            else if (!LayerPath.Same(volume.Path, mounted))
            {
                Add(volume, $"The scratch '{scratch.Path}' is mounted at '{mounted}'.");
            }
        }
        else if (mounted is not null && _host.Properties.MountsScratch)
        {
            Add(scratch, $"'{scratch.Path}' is mounted; a container on it needs the VolumePath '{mounted}'.");
        }
    }

    private async Task<LayerProperties?> LayerAsync(NamedLayer named)
    {
        if (await DescribeAsync(named.Place).ConfigureAwait(false) is not { } layer)
        {
            return null;
        }

        if (layer.Kind == LayerKind.Scratch)
        {
            Add(named.Place, $"'{layer.Path}' is a scratch; a layer is read-only.");
        }
        else if (!layer.IsInitialized)
        {
            Add(named.Place, $"'{layer.Path}' is an unpacked base layer that is not completed.");
        }

        // Only Windows recognizes a layer by its id.
        if (ImageFit.IsWindows(_host) && !(Guid.TryParse(named.Id, out Guid id) && id == layer.Id))
        {
            _problems.Add(new DocumentProblem(named.IdMember, $"The id of '{layer.Path}' is {layer.Id}."));
        }

        return layer;
    }

    /// <summary>Reports the first layer, the scratch before the others, whose file names other parents than follow it.</summary>
    private void CheckChain(LayerProperties? scratch, List<LayerProperties> layers)
    {
        if (layers.Count < _members.Layers.Count)
        {
            // A layer that cannot be described is a problem already, and so is the chain.
            return;
        }

        IEnumerable<LayerProperties> all = scratch is null || layers.Count == 0 ? layers : [scratch, .. layers];
        int first = layers.Count - all.Count();
        LayerProperties? wrong = all.Where((layer, i) =>
        {
            string[] rest = [.. layers.Skip(first + i + 1).Select(below => below.Path)];
            return layer.Parents.Count > 0
                && !(layer.Parents.Count == rest.Length && layer.Parents.Zip(rest, LayerPath.Same).All(same => same));
        }).FirstOrDefault();
        if (wrong is not null)
        {
            _problems.Add(new DocumentProblem(
                _members.LayersMember,
                $"Other layers are named by layerchain.json of '{wrong.Path}': {string.Join(", ", wrong.Parents)}."));
        }
    }

    private async Task CheckVersionAsync(List<LayerProperties> layers)
    {
        if (await new LayerVersions(_host).NewestAsync(layers, _deadline).ConfigureAwait(false) is not { } newest
            || ImageFit.Misfit(_host, _members.IsHyperV, newest.Version) is not { } misfit)
        {
            return;
        }

        Add(
            _members.Layers.First(named => LayerPath.Same(named.Place.Path, newest.Layer.Path)).Place,
            $"'{newest.Layer.Path}' does not fit: {misfit}");
    }

    private void CheckUtility(List<LayerProperties> layers)
    {
        if (!_members.IsHyperV || !ImageFit.IsWindows(_host))
        {
            return;
        }

        const string Member = nameof(ContainerConfig.HvRuntime) + "." + nameof(HvRuntime.ImagePath);
        if (_members.Utility?.ImagePath is not { Length: > 0 } path)
        {
            _problems.Add(new DocumentProblem(
                Member,
                "Hyper-V isolation needs the folder of a utility virtual machine; "
                    + (layers.FirstOrDefault(layer => layer.HasUtilityVM) is { } layer ? $"'{layer.Path}' has one." : "no layer has one.")));
            return;
        }

        HostPath place = new(Member, path);
        bool isDisk = _members.Utility.BootSource == "Vhd";
        if (isDisk ? !File.Exists(path) : !Directory.Exists(path))
        {
            Missing(place, isDisk ? "file" : "folder");
        }
        else if (!isDisk && !_members.IsLinux && !Directory.Exists(Path.Combine(path, UtilityFiles)))
        {
            Add(place, $"'{path}' has no folder '{UtilityFiles}', so it is no utility virtual machine.");
        }
    }

    private void CheckPaths()
    {
        foreach (HostPath folder in _members.Folders.Where(folder => !Exists(folder.Path, mayBeFile: !ImageFit.IsWindows(_host))))
        {
            Missing(folder, "folder");
        }

        foreach (HostPath disk in _members.Disks.Where(disk => !File.Exists(disk.Path)))
        {
            Missing(disk, "file");
        }
    }

    private async Task<LayerProperties?> DescribeAsync(HostPath place)
    {
        try
        {
            return await _host.Service.Layers.GetPropertiesAsync(place.Path, _deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFinding(e))
        {
            Add(place, HcsErrors.Reason(e));
            return null;
        }
    }

    // A time limit that has passed says nothing about the document.
    private static bool IsFinding(Exception e) =>
        e is LayerException or IOException or UnauthorizedAccessException
        || (e is HcsException refusal && !refusal.Is(HResult.OperationTimeout));

    // Windows finds a volume by its name only with a separator behind it.
    private static bool Exists(string path, bool mayBeFile) =>
        Directory.Exists(path.TrimEnd('\\', '/') + Path.DirectorySeparatorChar) || (mayBeFile && File.Exists(path));

    private void Missing(HostPath place, string kind) =>
        Add(place, $"There is no {kind} '{place.Path}' that this user can see.");

    private void Add(HostPath place, string message) => _problems.Add(new DocumentProblem(place.Member, message));
}
