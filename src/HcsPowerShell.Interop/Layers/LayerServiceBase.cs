using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Layers;

/// <summary>
/// Base class of the layers of a host. It has the deadlines, the chains of parents and the checks before a call, and
/// undoes what a caller no longer waits for; an adapter adds its operations.
/// </summary>
internal abstract class LayerServiceBase : ILayerService
{
    public Task<LayerProperties> GetPropertiesAsync(string path, CallOptions options) => CallAsync(
        ComputeOperation.DescribeLayer,
        options,
        abandoned => Task.Run(() => ReadAsync(LayerPath.Require(path)), abandoned));

    public Task<IReadOnlyList<Layer>> GetChainAsync(IReadOnlyList<string> layers, CallOptions options) => CallAsync(
        ComputeOperation.DescribeLayer,
        options,
        abandoned => Task.Run(() => CompleteChainAsync(string.Empty, layers), abandoned));

    public Task<LayerUsage> GetUsageAsync(string path, CallOptions options) => CallAsync(
        ComputeOperation.DescribeLayer,
        options,
        abandoned => Task.Run(() => MeasureAsync(LayerPath.Require(path), abandoned), abandoned));

    public Task<IReadOnlyList<string>> GetMountedAsync(CallOptions options) =>
        CallAsync(ComputeOperation.DescribeLayer, options, FindMountedAsync);

    public Task CreateScratchAsync(string path, IReadOnlyList<string> parents, ulong size, CallOptions options) => CallAsync(
        ComputeOperation.CreateLayer,
        options,
        abandoned => Task.Run(() => CreateAsync(LayerPath.Require(path), parents, size, abandoned), abandoned),
        undo: async creating => await DeleteAsync(await creating.ConfigureAwait(false)).ConfigureAwait(false));

    public Task<MountedLayer> MountAsync(string path, IReadOnlyList<string> parents, CallOptions options) => CallAsync(
        ComputeOperation.MountLayer,
        options,
        abandoned => Task.Run(() => MountAsync(LayerPath.Require(path), parents, abandoned), abandoned),
        undo: async mounting =>
            await DetachAsync((await mounting.ConfigureAwait(false)).LayerFolderPath).ConfigureAwait(false));

    public Task DismountAsync(string path, CallOptions options) => CallAsync(
        ComputeOperation.DismountLayer,
        path,
        options,
        async (scratch, _) =>
        {
            await RequireScratchAsync(scratch).ConfigureAwait(false);
            await DetachAsync(scratch).ConfigureAwait(false);
        });

    public Task RemoveAsync(string path, CallOptions options) => CallAsync(
        ComputeOperation.RemoveLayer,
        path,
        options,
        async (layer, abandoned) =>
        {
            await RequireUnusedAsync(layer, abandoned).ConfigureAwait(false);
            await DeleteAsync(layer).ConfigureAwait(false);
        });

    public Task<string?> FindOwnFolderAsync(bool isMade, CallOptions options) => CallAsync(
        ComputeOperation.DescribeLayer,
        options,
        _ => FindOwnFolderAsync(isMade));

    public Task InitializeAsync(string path, CallOptions options) => CallAsync(
        ComputeOperation.InitializeLayer,
        path,
        options,
        async (layer, _) =>
        {
            await RequireUncompletedAsync(layer).ConfigureAwait(false);
            await CompleteAsync(layer).ConfigureAwait(false);
        });

    /// <summary>The period in which calls can be made.</summary>
    private protected abstract Lifetime Lifetime { get; }

    /// <summary>
    /// True when the folder of a read-only layer has its own files beside its content. Where the folder is the content,
    /// its files are whatever an image holds, and a list of parents among them is not trusted.
    /// </summary>
    private protected virtual bool ReadOnlyLayersHaveChains => true;

    /// <summary>Returns the facts that this host knows of a folder; null when the folder is no layer.</summary>
    private protected abstract Task<LayerFacts?> DescribeAsync(string path);

    /// <summary>Returns the id of a layer, which is the same in every call.</summary>
    private protected abstract Task<Guid> GetIdAsync(string path);

    /// <summary>Returns the folders of the scratches that are mounted, as far as they can be listed.</summary>
    private protected abstract Task<IReadOnlyList<string>> FindMountedAsync(CancellationToken abandoned);

    /// <summary>
    /// Returns the folder of the records and the scratches that containers own; null when there is none, and none is made.
    /// </summary>
    private protected abstract Task<string?> FindOwnFolderAsync(bool isMade);

    /// <summary>Makes the folder of a scratch, and undoes that when a part fails.</summary>
    private protected abstract Task MakeScratchAsync(string path, IReadOnlyList<Layer> parents, ulong size);

    /// <summary>Mounts a scratch, and undoes that when a part fails.</summary>
    /// <param name="path">Folder of the scratch.</param>
    /// <param name="parents">All of its parents, newest first.</param>
    /// <param name="abandoned">
    /// Cancelled when nobody waits any longer; a part that has not begun by then does not begin.
    /// </param>
    /// <returns>The volume, without a trailing backslash.</returns>
    private protected abstract Task<string> AttachAsync(
        string path, IReadOnlyList<Layer> parents, CancellationToken abandoned);

    /// <summary>Dismounts a scratch; does nothing when it is not mounted.</summary>
    private protected abstract Task DetachAsync(string path);

    /// <summary>Deletes a layer that nothing uses.</summary>
    private protected abstract Task DeleteAsync(string path);

    /// <summary>Completes an unpacked base layer.</summary>
    private protected abstract Task CompleteAsync(string path);

    /// <summary>Follows every link of a path, so that a folder of another store is recognized under any name.</summary>
    private protected abstract string FinalPathOf(string path);

    /// <summary>Turns an exception of .NET about this machine into a refusal of the service; null leaves it.</summary>
    private protected virtual Exception? Name(string function, Exception cause) => null;

    private Task<T> CallAsync<T>(
        ComputeOperation operation,
        CallOptions options,
        Func<CancellationToken, Task<T>> make,
        Func<Task<T>, Task>? undo = null) =>
        new BoundedCall(operation, null, Lifetime, options) { Name = Name }
            .RunAsync(make, undo);

    private Task CallAsync(
        ComputeOperation operation, string path, CallOptions options, Func<string, CancellationToken, Task> make) =>
        CallAsync(operation, options, abandoned => Task.Run(
            async () =>
            {
                await make(LayerPath.Require(path), abandoned).ConfigureAwait(false);
                return true;
            },
            abandoned));

    private async Task<LayerProperties> ReadAsync(string path)
    {
        LayerFacts facts = await RequireLayerAsync(path).ConfigureAwait(false);
        IReadOnlyList<string> parents = ParentsOf(path, facts);
        return new LayerProperties
        {
            Path = path,
            Kind = facts.IsScratch ? LayerKind.Scratch : parents.Count == 0 ? LayerKind.Base : LayerKind.ReadOnly,
            Id = await GetIdAsync(path).ConfigureAwait(false),
            Parents = parents,
            IsInitialized = facts.IsInitialized,
            OSVersion = facts.OSVersion,
            HasUtilityVM = facts.HasUtilityVM,
            VolumePath = facts.VolumePath,
        };
    }

    private async Task<LayerUsage> MeasureAsync(string path, CancellationToken abandoned) =>
        new(FolderSize.Of(path, abandoned), await ChildrenAsync(path, abandoned).ConfigureAwait(false));

    private async Task<string> CreateAsync(
        string path, IReadOnlyList<string> parents, ulong size, CancellationToken abandoned)
    {
        RequireOwn(path);
        if (File.Exists(path) || LayerPath.HasContent(path))
        {
            throw new LayerException(
                LayerProblem.AlreadyExists, path, $"'{path}' exists and is not empty; a scratch is made in a new folder.");
        }

        IReadOnlyList<Layer> chain = await CompleteChainAsync(path, parents).ConfigureAwait(false);
        abandoned.ThrowIfCancellationRequested();
        await MakeScratchAsync(path, chain, size).ConfigureAwait(false);
        try
        {
            LayerChain.Write(path, chain.Select(layer => layer.Path!));
        }
        catch
        {
            await DeleteAsync(path).ConfigureAwait(false);
            throw;
        }

        return path;
    }

    private async Task<MountedLayer> MountAsync(string path, IReadOnlyList<string> parents, CancellationToken abandoned)
    {
        await RequireScratchAsync(path).ConfigureAwait(false);
        IReadOnlyList<Layer> chain =
            await CompleteChainAsync(path, parents.Count > 0 ? parents : LayerChain.Read(path)).ConfigureAwait(false);
        string volume = await AttachAsync(path, chain, abandoned).ConfigureAwait(false);
        return new MountedLayer(path, volume, chain);
    }

    /// <summary>Completes a list of parents down to the base layer, and checks each of them.</summary>
    private async Task<IReadOnlyList<Layer>> CompleteChainAsync(string path, IReadOnlyList<string> parents)
    {
        List<Layer> chain = [];
        foreach (string parent in LayerChain.Complete(path, parents, ReadOnlyLayersHaveChains))
        {
            LayerFacts facts = await DescribeParentAsync(path, parent).ConfigureAwait(false);
            if (facts.IsScratch)
            {
                throw new LayerException(
                    LayerProblem.NotALayer, parent, $"'{parent}' is a scratch; a parent is a read-only layer.");
            }

            if (!facts.IsInitialized)
            {
                throw new LayerException(
                    LayerProblem.NotInitialized, parent, $"'{parent}' is an unpacked base layer that is not completed.");
            }

            chain.Add(new Layer { ID = (await GetIdAsync(parent).ConfigureAwait(false)).ToString(), Path = parent });
        }

        return chain;
    }

    private async Task<LayerFacts> DescribeParentAsync(string path, string parent) => !Directory.Exists(parent)
        ? throw new LayerException(
            LayerProblem.ParentMissing,
            parent,
            path.Length == 0 ? $"There is no folder '{parent}'." : $"'{parent}', a parent of '{path}', does not exist.")
        : await RequireLayerAsync(parent).ConfigureAwait(false);

    private async Task<LayerFacts> RequireLayerAsync(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new LayerException(LayerProblem.NotFound, path, $"There is no folder '{path}'.");
        }

        return await DescribeAsync(path).ConfigureAwait(false)
            ?? throw new LayerException(LayerProblem.NotALayer, path, $"The folder '{path}' is no layer.");
    }

    private async Task RequireScratchAsync(string path)
    {
        if (!(await RequireLayerAsync(path).ConfigureAwait(false)).IsScratch)
        {
            throw new LayerException(
                LayerProblem.NotALayer, path, $"'{path}' is a read-only layer; only a scratch is mounted.");
        }
    }

    private async Task RequireUncompletedAsync(string path)
    {
        LayerFacts facts = await RequireLayerAsync(path).ConfigureAwait(false);
        RequireOwn(path);
        if (facts.IsScratch || ParentsOf(path, facts).Count > 0)
        {
            throw new LayerException(
                LayerProblem.NotALayer, path, $"'{path}' is no base layer; only a base layer is completed.");
        }

        if (facts.IsInitialized)
        {
            throw new LayerException(
                LayerProblem.AlreadyInitialized, path, $"'{path}' is completed already, which is possible once.");
        }
    }

    // DestroyLayer ends the process when the layer is the base of a mounted one, so nothing is left to the service.
    private async Task RequireUnusedAsync(string path, CancellationToken abandoned)
    {
        LayerFacts facts = await RequireLayerAsync(path).ConfigureAwait(false);
        RequireOwn(path);
        if (facts.IsScratch && facts.VolumePath is { } volume)
        {
            throw new LayerException(LayerProblem.InUse, path, $"'{path}' is mounted at '{volume}'.");
        }

        IReadOnlyList<string> children = await ChildrenAsync(path, abandoned).ConfigureAwait(false);
        if (children.Count > 0)
        {
            throw new LayerException(LayerProblem.InUse, path, $"'{path}' is a parent of the layer '{children[0]}'.");
        }
    }

    private void RequireOwn(string path)
    {
        if (LayerStores.OwnerOf(FinalPathOf(path)) is { } owner)
        {
            throw new LayerException(
                LayerProblem.Foreign, path, $"'{path}' belongs to {owner}, which keeps its own account of it.");
        }
    }

    /// <summary>The layers that have this one as a parent: those beside it, and those that are mounted.</summary>
    private async Task<IReadOnlyList<string>> ChildrenAsync(string path, CancellationToken abandoned)
    {
        IReadOnlyList<string> mounted = await FindMountedAsync(abandoned).ConfigureAwait(false);
        IReadOnlyList<string> owned = await FindOwnScratchesAsync().ConfigureAwait(false);

        // A parent may be named through a link, and many layers name the same one.
        string final = FinalPathOf(path);
        Dictionary<string, bool> known = new(LayerPath.Comparer);
        IEnumerable<string> beside = Directory.GetParent(path) is { } parent
            ? Directory.EnumerateDirectories(parent.FullName)
            : [];
        List<string> children = [];
        foreach (string other in beside.Concat(owned).Concat(mounted).Distinct(LayerPath.Comparer))
        {
            abandoned.ThrowIfCancellationRequested();
            if (!LayerPath.Same(other, path)
                && LayerChain.Names(other, IsThis)
                && await HasChainAsync(other).ConfigureAwait(false))
            {
                children.Add(other);
            }
        }

        return children;

        bool IsThis(string layer)
        {
            if (!known.TryGetValue(layer, out bool isThis))
            {
                isThis = LayerPath.Same(layer, path) || LayerPath.Comparer.Equals(FinalPathOf(layer), final);
                known[layer] = isThis;
            }

            return isThis;
        }
    }

    private async Task<IReadOnlyList<string>> FindOwnScratchesAsync() =>
        await FindOwnFolderAsync(isMade: false).ConfigureAwait(false) is { } folder ? OwnFolder.FindScratches(folder) : [];

    private async Task<bool> HasChainAsync(string path) =>
        ReadOnlyLayersHaveChains || await DescribeAsync(path).ConfigureAwait(false) is { IsScratch: true };

    private IReadOnlyList<string> ParentsOf(string path, LayerFacts facts) =>
        facts.IsScratch || ReadOnlyLayersHaveChains ? LayerChain.Read(path) : [];
}

/// <summary>The facts about a layer that only its host knows.</summary>
internal sealed record LayerFacts
{
    /// <summary>True for a writable layer.</summary>
    public required bool IsScratch { get; init; }

    /// <summary>False for a base layer that is unpacked and not completed.</summary>
    public bool IsInitialized { get; init; } = true;

    /// <summary>Version of the operating system in the layer.</summary>
    public Version? OSVersion { get; init; }

    /// <summary>True when the layer has a utility virtual machine.</summary>
    public bool HasUtilityVM { get; init; }

    /// <summary>The volume of a mounted scratch.</summary>
    public string? VolumePath { get; init; }
}
