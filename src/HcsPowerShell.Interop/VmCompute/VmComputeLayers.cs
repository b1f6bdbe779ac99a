using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>
/// The layers of this Windows, through vmcompute.dll, as Docker and containerd use it on every version.
/// </summary>
/// <param name="rename">Renames a folder.</param>
internal sealed class VmComputeLayers(Action<string, string> rename) : LayerServiceBase
{
    private const string ScratchFile = "sandbox.vhdx";
    private const string TemplateFile = "blank-base.vhdx";
    private const string Files = "Files";
    private const string UtilityVM = "UtilityVM";

    public VmComputeLayers()
        : this(Directory.Move)
    {
    }

    private protected override Lifetime Lifetime { get; } = new();

    private protected override async Task<LayerFacts?> DescribeAsync(string path)
    {
        if (File.Exists(Path.Combine(path, ScratchFile)))
        {
            return new LayerFacts { IsScratch = true, VolumePath = await VolumeOfAsync(path).ConfigureAwait(false) };
        }

        return Directory.Exists(Path.Combine(path, Files))
            ? new LayerFacts
            {
                IsScratch = false,
                IsInitialized = File.Exists(Path.Combine(path, TemplateFile)) || LayerChain.Read(path).Count > 0,
                OSVersion = VersionResource.Read(Path.Combine(path, Files, "Windows", "System32", "ntdll.dll")),
                HasUtilityVM = IsRealFolder(Path.Combine(path, UtilityVM)),
            }
            : null;
    }

    // Windows has the function, and nobody knows how it makes an id of a name.
    private protected override Task<Guid> GetIdAsync(string path) => LayerCall.NameToGuidAsync(Path.GetFileName(path));

    // The library tells of a layer only when it is given its path.
    private protected override async Task<IReadOnlyList<string>> FindMountedAsync(CancellationToken abandoned)
    {
        if (await FindOwnFolderAsync(isMade: false).ConfigureAwait(false) is not { } folder)
        {
            return [];
        }

        List<string> mounted = [];
        foreach (string path in new MountNotes(folder).Read())
        {
            abandoned.ThrowIfCancellationRequested();
            if (await VolumeOfAsync(path).ConfigureAwait(false) is not null)
            {
                mounted.Add(path);
            }
        }

        return mounted;
    }

    private protected override Task<string?> FindOwnFolderAsync(bool isMade) => Task.Run(() =>
    {
        string folder = Path.Combine(ProgramData.Path, "HcsPowerShell");
        if (isMade)
        {
            PrivateFolder.Ensure(folder);
        }

        return isMade || PrivateFolder.Exists(folder) ? folder : null;
    });

    private protected override async Task MakeScratchAsync(string path, IReadOnlyList<Layer> parents, ulong size)
    {
        await LayerCall.CreateScratchAsync(path, parents).ConfigureAwait(false);
        if (size == 0)
        {
            return;
        }

        try
        {
            await LayerCall.ExpandAsync(path, size).ConfigureAwait(false);
        }
        catch
        {
            await TryAsync(LayerCall.DestroyAsync(path)).ConfigureAwait(false);
            throw;
        }
    }

    private protected override async Task<string> AttachAsync(
        string path, IReadOnlyList<Layer> parents, CancellationToken abandoned)
    {
        MountNotes notes = new((await FindOwnFolderAsync(isMade: true).ConfigureAwait(false))!);
        bool isNew = notes.Add(path);
        try
        {
            return await new VmComputeMount(path, parents, abandoned).RunAsync().ConfigureAwait(false);
        }
        catch when (isNew)
        {
            notes.Remove(path);
            throw;
        }
    }

    private protected override async Task DetachAsync(string path)
    {
        try
        {
            await UnlessDetachedAsync(LayerCall.UnprepareAsync(path)).ConfigureAwait(false);
        }
        catch
        {
            await TryAsync(LayerCall.DeactivateAsync(path)).ConfigureAwait(false);
            throw;
        }

        await UnlessDetachedAsync(LayerCall.DeactivateAsync(path)).ConfigureAwait(false);
        if (await FindOwnFolderAsync(isMade: false).ConfigureAwait(false) is { } folder)
        {
            new MountNotes(folder).Remove(path);
        }
    }

    private protected override async Task DeleteAsync(string path)
    {
        if (!File.Exists(Path.Combine(path, ScratchFile)))
        {
            await LayerCall.DestroyAsync(path).ConfigureAwait(false);
            return;
        }

        // A file that is open shows by the rename, before anything is deleted.
        string removing = FreeNameBeside(path);
        await RenameAsync(path, removing).ConfigureAwait(false);
        try
        {
            await LayerCall.DestroyAsync(removing).ConfigureAwait(false);
        }
        catch
        {
            _ = TryRename(removing, path);
            throw;
        }
    }

    private protected override async Task CompleteAsync(string path)
    {
        await LayerCall.ProcessBaseAsync(path).ConfigureAwait(false);
        string utility = Path.Combine(path, UtilityVM);
        if (IsRealFolder(utility) && IsRealFolder(Path.Combine(utility, Files)))
        {
            await LayerCall.ProcessUtilityAsync(utility).ConfigureAwait(false);
        }
    }

    private protected override string FinalPathOf(string path)
    {
        if (Path.DirectorySeparatorChar != '\\')
        {
            return path;
        }

        // The folder of a new scratch does not exist; one above it may be the link.
        string existing = path;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } above)
        {
            existing = above;
        }

        string rest = path.Substring(existing.Length).TrimStart('\\');
        return Path.Combine(FinalPath.Of(existing), rest);
    }

    private static async Task<string?> VolumeOfAsync(string path)
    {
        try
        {
            return await LayerCall.GetMountPathAsync(path).ConfigureAwait(false);
        }
        catch (HcsException e) when (IsDetached(e))
        {
            return null;
        }
    }

    private async Task RenameAsync(string path, string removing)
    {
        if (TryRename(path, removing) is null)
        {
            return;
        }

        // The disk is attached, and nobody has a mount of it: a program has ended between the two halves of one.
        await TryAsync(LayerCall.DeactivateAsync(path)).ConfigureAwait(false);
        if (TryRename(path, removing) is { } refusal)
        {
            throw new LayerException(
                LayerProblem.InUse,
                path,
                $"'{path}' cannot be renamed, so something uses it: {refusal.Message}",
                refusal);
        }
    }

    private Exception? TryRename(string path, string name)
    {
        try
        {
            rename(path, name);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }

    /// <summary>A name that no folder has; an earlier removal may have ended after its rename.</summary>
    private static string FreeNameBeside(string path) => Enumerable.Range(1, int.MaxValue)
        .Select(i => i == 1 ? path + "-removing" : $"{path}-removing-{i}")
        .First(name => !Directory.Exists(name) && !File.Exists(name));

    private static bool IsRealFolder(string path)
    {
        DirectoryInfo folder = new(path);
        return folder.Exists && (folder.Attributes & FileAttributes.ReparsePoint) == 0;
    }

    private static async Task UnlessDetachedAsync(Task detaching)
    {
        try
        {
            await detaching.ConfigureAwait(false);
        }
        catch (HcsException e) when (IsDetached(e))
        {
            // It is done already: a program that had mounted the layer has ended on the way.
        }
    }

    /// <summary>Awaits a call that undoes another; the caller gets the failure that led here.</summary>
    private static async Task TryAsync(Task undoing)
    {
        try
        {
            await undoing.ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // There is nothing else to undo it with.
        }
    }

    /// <summary>True when a refusal means that the layer is not prepared, or not active.</summary>
    private static bool IsDetached(HcsException refusal) =>
        refusal.Is(NativeResult.InvalidFunction) || refusal.Is(HResult.PathNotFound)
        || refusal.Is(NativeResult.NotReady);
}
