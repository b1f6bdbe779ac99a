using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Interop.Ownership;

/// <summary>
/// Makes the scratches, endpoints and namespaces that the containers of a host own, and removes them after the containers.
/// </summary>
/// <remarks>
/// The owner is the container, never a process. A record is orphaned when nobody holds it and the service does not find
/// the container; any other answer of the service leaves it alone.
/// </remarks>
/// <param name="service">The host.</param>
internal sealed class ContainerOwnership(IComputeService service)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // The service forgets a container a moment after its exit, and frees its files a moment after that.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>True for an exception by which the service, a layer or the file system refuses a step.</summary>
    public static bool IsRefusal(Exception e) =>
        e is LayerException or HcsException or IOException or UnauthorizedAccessException;

    /// <summary>
    /// The scratches of all containers with a record, by their ids. Empty for a caller who may not read the records.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, OwnedScratch>> ReadAllAsync(CallOptions options)
    {
        Dictionary<string, OwnedScratch> found = new(ContainerId.Comparer);
        await TryReadAsync(options, store =>
        {
            foreach (ContainerRecord record in store.ReadAll().Where(record => record.HasScratch))
            {
                found[record.Id] = new OwnedScratch(store.ScratchOf(record), record, IsOrphaned: false);
            }
        }).ConfigureAwait(false);
        return found;
    }

    /// <summary>The scratch of a container; null when it has no record, or none that can be read now.</summary>
    public async Task<OwnedScratch?> ReadAsync(string id, CallOptions options)
    {
        OwnedScratch? found = null;
        await TryReadAsync(options, store => found = RecordStore.Read(store.FileOf(id)) is { HasScratch: true } record
            ? new OwnedScratch(store.ScratchOf(record), record, IsOrphaned: false)
            : null).ConfigureAwait(false);
        return found;
    }

    /// <summary>The folders of the scratches that containers own or were made for, and whether one is orphaned.</summary>
    public async Task<IReadOnlyList<OwnedScratch>> FindScratchesAsync(Func<CallOptions> options)
    {
        if (await FindStoreAsync(options()).ConfigureAwait(false) is not { } store)
        {
            return [];
        }

        List<OwnedScratch> found = [];
        foreach (string file in store.Files())
        {
            if (RecordStore.Read(file) is { HasScratch: true } record)
            {
                bool isOrphaned = await IsOrphanedAsync(store, file, record, options).ConfigureAwait(false);
                found.Add(new OwnedScratch(store.ScratchOf(record), record, isOrphaned));
            }
        }

        return
        [
            .. found,
            .. store.Scratches.Where(path => !found.Any(scratch => LayerPath.Same(scratch.Path, path)))
                .Select(path => new OwnedScratch(path, null, IsOrphaned: false)),
        ];
    }

    /// <summary>The record of a container; null when it has none, or none that the caller can read now.</summary>
    public async Task<ContainerRecord?> FindRecordAsync(string id, CallOptions options)
    {
        ContainerRecord? found = null;
        await TryReadAsync(options, store => found = RecordStore.Read(store.FileOf(id))).ConfigureAwait(false);
        return found;
    }

    /// <summary>The ids of the containers that own endpoints and namespaces, by the guids of these.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> FindNetworkOwnersAsync(CallOptions options)
    {
        Dictionary<Guid, string> owners = [];
        await TryReadAsync(options, store =>
        {
            foreach (ContainerRecord record in store.ReadAll())
            {
                foreach (Guid id in record.Endpoints)
                {
                    owners[id] = record.Id;
                }

                if (record.Namespace is { } space)
                {
                    owners[space] = record.Id;
                }
            }
        }).ConfigureAwait(false);
        return owners;
    }

    /// <summary>The guids of the endpoints of containers that have gone without them.</summary>
    public async Task<IReadOnlyList<Guid>> FindOrphanedEndpointsAsync(Func<CallOptions> options)
    {
        if (await FindStoreAsync(options()).ConfigureAwait(false) is not { } store)
        {
            return [];
        }

        List<Guid> found = [];
        foreach (string file in store.Files())
        {
            if (RecordStore.Read(file) is { Endpoints.Count: > 0 } record
                && await IsOrphanedAsync(store, file, record, options).ConfigureAwait(false))
            {
                found.AddRange(record.Endpoints);
            }
        }

        return found;
    }

    /// <summary>The ids of the containers that use a folder as a layer or as their scratch, by their records.</summary>
    public async Task<IReadOnlyList<string>> FindUsersAsync(string path, Func<CallOptions> options)
    {
        if (await FindStoreAsync(options()).ConfigureAwait(false) is not { } store)
        {
            return [];
        }

        List<string> users = [];
        foreach (ContainerRecord record in store.ReadAll())
        {
            if (record.Layers.Append(store.ScratchOf(record)).Any(used => LayerPath.Same(used, path))
                && !await IsGoneAsync(record.Id, options()).ConfigureAwait(false))
            {
                users.Add(record.Id);
            }
        }

        return users;
    }

    /// <summary>Removes what the containers own that have gone without it.</summary>
    /// <param name="tell">Told of each container whose things were removed, or could not be.</param>
    /// <param name="options">The options of the next call.</param>
    public async Task SweepAsync(Action<string> tell, Func<CallOptions> options)
    {
        if (await FindStoreAsync(options()).ConfigureAwait(false) is not { } store)
        {
            return;
        }

        foreach (string file in store.Files())
        {
            _ = store.TryHold(file, isMade: false, out HeldRecord? held);
            using (held)
            {
                if (held is not null)
                {
                    await SweepAsync(store, held, tell, options).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>
    /// Removes a scratch that a container owned and that is orphaned, with its record.
    /// </summary>
    /// <returns>False when no record names the folder; the scratch is the caller's then.</returns>
    /// <exception cref="LayerException">The container exists, or is being created or removed.</exception>
    public async Task<bool> TryRemoveOrphanAsync(string path, Func<CallOptions> options)
    {
        if (await FindStoreAsync(options()).ConfigureAwait(false) is not { } store
            || store.Files().FirstOrDefault(file =>
                RecordStore.Read(file) is { ScratchPath: null } record && LayerPath.Same(store.ScratchOf(record), path))
                is not { } found)
        {
            return false;
        }

        if (!store.TryHold(found, isMade: false, out HeldRecord? held))
        {
            throw new LayerException(
                LayerProblem.InUse, path, $"The container that owns '{path}' is being created or removed.");
        }

        using (held)
        {
            if (held?.Record is not { } record)
            {
                return false;
            }

            if (!await IsGoneAsync(record.Id, options()).ConfigureAwait(false))
            {
                throw new LayerException(LayerProblem.InUse, path, $"'{path}' belongs to container '{record.Id}'.");
            }

            await RemoveAsync(store, held, record with { KeepsScratch = false }, options).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Makes what a new container owns, after its record.</summary>
    /// <returns>The open record. Disposing it leaves all to the container.</returns>
    /// <exception cref="HcsException">A container has the id, or a call is refused.</exception>
    /// <exception cref="LayerException">A layer cannot be used.</exception>
    public async Task<OwnedContainer> MakeAsync(string id, OwnershipPlan plan, Func<CallOptions> options)
    {
        RecordStore store = new(
            await FindFolderAsync(isMade: true, options()).ConfigureAwait(false)
            ?? throw new HcsException(ComputeOperation.Create.Function(), HResult.NotSupported, id));
        HeldRecord held = await HoldNewAsync(store, id, options).ConfigureAwait(false);
        try
        {
            // An empty folder is one to make a scratch in, as for New-HcsLayer.
            if (plan.Scratch is { Path: { } path } named && LayerPath.HasContent(path))
            {
                await RequireFreeAsync(path, named.Layers, options()).ConfigureAwait(false);
            }

            held.Write(new ContainerRecord
            {
                Id = id,
                Key = Guid.NewGuid().ToString("N"),
                Created = DateTimeOffset.UtcNow,
                ScratchPath = plan.Scratch?.Path,
                KeepsScratch = plan.Scratch?.IsKept ?? false,
                IsMounted = plan.Scratch?.IsMounted ?? false,
                Layers = plan.Scratch?.Layers ?? [],
                Endpoints = [.. plan.Endpoints.Select(_ => Guid.NewGuid())],
                Namespace = plan.HasNamespace ? Guid.NewGuid() : null,
                Image = plan.Image,
            });
        }
        catch
        {
            held.Delete();
            throw;
        }

        return new OwnedContainer(this, service, store, held, isNew: true);
    }

    /// <summary>
    /// Holds the record of a container that is about to be created again, so that its exit leaves all in place.
    /// </summary>
    /// <returns>Null when it has no record.</returns>
    /// <exception cref="HcsException">Another one holds the record.</exception>
    public async Task<OwnedContainer?> HoldAsync(string id, Func<CallOptions> options)
    {
        if (await FindStoreAsync(options()).ConfigureAwait(false) is not { } store)
        {
            return null;
        }

        HeldRecord? held = await HoldAsync(store, id, isMade: false, options).ConfigureAwait(false);
        if (held is { Record: not null })
        {
            return new OwnedContainer(this, service, store, held, isNew: false);
        }

        held?.Dispose();
        return null;
    }

    /// <summary>Removes what a container owned, after its exit. Does nothing when it owned nothing.</summary>
    /// <param name="id">The container.</param>
    /// <param name="key">
    /// The key of its record; null when it is not known. The service must not find the container then: the id may belong
    /// to another one by now.
    /// </param>
    /// <param name="options">The options of the next call.</param>
    public async Task EndAsync(string id, string? key, Func<CallOptions> options)
    {
        RecordStore? store;
        try
        {
            store = await FindStoreAsync(options()).ConfigureAwait(false);
        }
        catch (HcsException e) when (key is null || e.Is(HResult.ServiceDisconnect))
        {
            // Nothing is known of a record; or an embedded host has ended, and all in its folder with it.
            return;
        }

        if (store is null || !File.Exists(store.FileOf(id)))
        {
            return;
        }

        // While the record is held, nobody creates the container again.
        using HeldRecord? held = await HoldAsync(store, id, isMade: false, options).ConfigureAwait(false);
        if (held?.Record is { } record
            && (key is null ? await HasGoneAsync(id, options).ConfigureAwait(false) : key == record.Key))
        {
            await RemoveAsync(store, held, record, options).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what a record names, and then the record itself.</summary>
    internal async Task RemoveAsync(RecordStore store, HeldRecord held, ContainerRecord record, Func<CallOptions> options)
    {
        if (record.Endpoints.Count > 0)
        {
            await OwnedEndpoints.RemoveAsync(service.Networks, record, options).ConfigureAwait(false);
        }

        IReadOnlyList<string> folders =
            !record.HasScratch ? [] : record.ScratchPath is { } path ? [path] : store.OwnFoldersOf(record);
        foreach (string folder in folders)
        {
            if (record.IsMounted)
            {
                await WhenFreeAsync(folder, service.Layers.DismountAsync, options).ConfigureAwait(false);
            }

            if (!record.KeepsScratch)
            {
                await WhenFreeAsync(folder, service.Layers.RemoveAsync, options).ConfigureAwait(false);
                RemoveRest(folder);
            }
        }

        held.Delete();
    }

    // A creation that was cut short leaves a folder that is no layer yet.
    private static void RemoveRest(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Refuses a scratch of the user that was made on other layers, or that the user has mounted.</summary>
    private async Task RequireFreeAsync(string path, IReadOnlyList<string> layers, CallOptions options)
    {
        LayerProperties scratch = await service.Layers.GetPropertiesAsync(path, options).ConfigureAwait(false);
        if (scratch.Parents.Count > 0 && !scratch.Parents.SequenceEqual(layers, LayerPath.Comparer))
        {
            throw new LayerException(
                LayerProblem.OtherParents,
                path,
                $"'{path}' was made on '{scratch.Parents[0]}', and the container has '{layers[0]}'.");
        }

        if (scratch.VolumePath is { } volume)
        {
            throw new LayerException(
                LayerProblem.InUse,
                path,
                $"'{path}' is mounted at '{volume}'; pass the object of Mount-HcsLayer, or dismount it.");
        }
    }

    private async Task SweepAsync(RecordStore store, HeldRecord held, Action<string> tell, Func<CallOptions> options)
    {
        if (held.Record is not { } record)
        {
            held.Delete();
            tell("Removed a record that was not written whole; nothing had been made after it.");
        }
        else if (await IsGoneAsync(record.Id, options()).ConfigureAwait(false))
        {
            try
            {
                await RemoveAsync(store, held, record, options).ConfigureAwait(false);
                tell(record.KeepsScratch
                    ? $"Container '{record.Id}' has gone; its scratch '{store.ScratchOf(record)}' is kept and not mounted."
                    : $"Container '{record.Id}' has gone; removed its {Things(store, record)}.");
            }
            catch (Exception e) when (IsRefusal(e))
            {
                string stays = record.Endpoints.Count == 0 ? "stays" : "stay";
                tell($"Container '{record.Id}' has gone; its {Things(store, record)} {stays}: {e.Message}");
            }
        }
    }

    private static string Things(RecordStore store, ContainerRecord record)
    {
        string endpoints = $"endpoint '{string.Join("', '", record.Endpoints)}'";
        string scratch = $"scratch '{store.ScratchOf(record)}'";
        return record.Endpoints.Count == 0 ? scratch : record.HasScratch ? $"{scratch} and its {endpoints}" : endpoints;
    }

    /// <summary>Holds the record of a new container, after removing what another container of the id has left.</summary>
    private async Task<HeldRecord> HoldNewAsync(RecordStore store, string id, Func<CallOptions> options)
    {
        while (true)
        {
            HeldRecord held = (await HoldAsync(store, id, isMade: true, options).ConfigureAwait(false))!;
            if (held.Record is not { } record)
            {
                return held;
            }

            using (held)
            {
                if (!await IsGoneAsync(id, options()).ConfigureAwait(false))
                {
                    throw new HcsException(ComputeOperation.Create.Function(), HResult.SystemAlreadyExists, id);
                }

                await RemoveAsync(store, held, record, options).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Opens a record, which another one holds only while it makes or removes what the container owns.</summary>
    private static async Task<HeldRecord?> HoldAsync(RecordStore store, string id, bool isMade, Func<CallOptions> options)
    {
        HeldRecord? held;
        while (!store.TryHold(store.FileOf(id), isMade, out held))
        {
            CallOptions left = options();
            if (left.Timeout is { } time && time != Timeout.InfiniteTimeSpan && time <= s_pause)
            {
                throw new HcsException(ComputeOperation.Create.Function(), HResult.OperationTimeout, id);
            }

            await Task.Delay(s_pause, left.CancellationToken).ConfigureAwait(false);
        }

        return held;
    }

    private async Task<bool> HasGoneAsync(string id, Func<CallOptions> options)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(s_pause, options().CancellationToken).ConfigureAwait(false))
        {
            if (await IsGoneAsync(id, options()).ConfigureAwait(false))
            {
                return true;
            }

            if (waited.Elapsed > s_patience)
            {
                return false;
            }
        }
    }

    private async Task<bool> IsOrphanedAsync(
        RecordStore store, string file, ContainerRecord record, Func<CallOptions> options)
    {
        // What is held is being made or removed.
        bool isHeld = !store.TryHold(file, isMade: false, out HeldRecord? held);
        held?.Dispose();
        return !isHeld && await IsGoneAsync(record.Id, options()).ConfigureAwait(false);
    }

    private async Task<bool> IsGoneAsync(string id, CallOptions options)
    {
        try
        {
            (await service.OpenContainerAsync(id, options).ConfigureAwait(false)).Close();
            return false;
        }
        catch (HcsException e)
        {
            // No other refusal says that the container has gone.
            return e.Is(HResult.SystemNotFound);
        }
    }

    private static async Task WhenFreeAsync(
        string path, Func<string, CallOptions, Task> release, Func<CallOptions> options)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(s_pause, options().CancellationToken).ConfigureAwait(false))
        {
            try
            {
                await release(path, options()).ConfigureAwait(false);
                return;
            }
            catch (LayerException e) when (e.Problem is LayerProblem.NotFound or LayerProblem.NotALayer)
            {
                return;
            }
            catch (Exception e) when (IsBusy(e) && waited.Elapsed < s_patience)
            {
                // The container has ended, and its files are closed a moment later.
            }
        }
    }

    private static bool IsBusy(Exception e) =>
        e is LayerException { Problem: LayerProblem.InUse } || (e is HcsException refusal && refusal.Is(HResult.SharingViolation));

    /// <summary>Reads the records; reads none for a caller who may not, or on a host without any.</summary>
    private async Task TryReadAsync(CallOptions options, Action<RecordStore> read)
    {
        try
        {
            if (await FindStoreAsync(options).ConfigureAwait(false) is { } store)
            {
                read(store);
            }
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // They tell more of a container than the service does; without them it is described all the same.
        }
    }

    private async Task<RecordStore?> FindStoreAsync(CallOptions options) =>
        await FindFolderAsync(isMade: false, options).ConfigureAwait(false) is { } folder ? new RecordStore(folder) : null;

    // No call to the service, so none that a verbose line tells of.
    private Task<string?> FindFolderAsync(bool isMade, CallOptions options) =>
        service.Layers.FindOwnFolderAsync(isMade, options with { Ended = null });
}

/// <summary>A scratch in the folder of the host, or one that was made for a container.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Record">The record that names it; null for one that a container has left to be kept.</param>
/// <param name="IsOrphaned">True when its container has gone without it.</param>
internal sealed record OwnedScratch(string Path, ContainerRecord? Record, bool IsOrphaned);

/// <summary>A container that is being created, and the open record of what it will own.</summary>
internal sealed class OwnedContainer(
    ContainerOwnership ownership, IComputeService service, RecordStore store, HeldRecord held, bool isNew) : IDisposable
{
    private bool _isMade;
    private bool _isReady;

    /// <summary>The record.</summary>
    public ContainerRecord Record => held.Record!;

    /// <summary>Makes the endpoints, then makes the scratch, or takes the one that is there, and mounts it.</summary>
    /// <param name="plan">The plan of the record.</param>
    /// <param name="options">The options of the next call.</param>
    public async Task<OwnedResources> PrepareAsync(OwnershipPlan plan, Func<CallOptions> options)
    {
        IReadOnlyList<HostComputeEndpoint> endpoints = Record.Endpoints.Count == 0
            ? []
            : await OwnedEndpoints.MakeAsync(service.Networks, held, plan.Endpoints, isNew, options).ConfigureAwait(false);
        ReadyScratch? scratch = plan.Scratch is { } wanted
            ? await PrepareAsync(wanted.Size, options).ConfigureAwait(false)
            : null;
        return new OwnedResources(scratch, endpoints, Record.Namespace);
    }

    /// <summary>
    /// Removes what was made, because there is no container. What an earlier container of the record has left stays with
    /// the record, and so does what somebody else has mounted meanwhile.
    /// </summary>
    public Task UndoAsync(Func<CallOptions> options) => isNew
        ? ownership.RemoveAsync(
            store,
            held,
            Record with { KeepsScratch = !_isMade, IsMounted = Record.IsMounted && (_isReady || _isMade) },
            options)
        : Task.CompletedTask;

    /// <summary>Closes the record: what it names belongs to the container.</summary>
    public void Dispose() => held.Dispose();

    private async Task<ReadyScratch> PrepareAsync(ulong size, Func<CallOptions> options)
    {
        string path = store.ScratchOf(Record);
        string? volume = null;
        if (LayerPath.HasContent(path))
        {
            volume = (await service.Layers.GetPropertiesAsync(path, options()).ConfigureAwait(false)).VolumePath;
        }
        else
        {
            await MakeAsync(path, size, options()).ConfigureAwait(false);
        }

        volume = !Record.IsMounted ? null : volume
            ?? (await service.Layers.MountAsync(path, Record.Layers, options()).ConfigureAwait(false)).VolumePath;
        _isReady = true;
        return new ReadyScratch(path, volume);
    }

    private async Task MakeAsync(string path, ulong size, CallOptions options)
    {
        // A creation that was cut short is removed too, and the folder of the user is not.
        _isMade = !Directory.Exists(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await service.Layers.CreateScratchAsync(path, Record.Layers, size, options).ConfigureAwait(false);
        }
        catch (LayerException e) when (e.Problem == LayerProblem.AlreadyExists)
        {
            // Another session has made it meanwhile.
            _isMade = false;
            throw;
        }
    }
}
