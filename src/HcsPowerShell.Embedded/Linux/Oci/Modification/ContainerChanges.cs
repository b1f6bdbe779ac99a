using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Embedded.Linux.Oci.Specification;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Modification;

/// <summary>Changes a running container: memory, processor, endpoints, folders, pipes, disks.</summary>
/// <param name="id">Id of the container.</param>
/// <param name="name">Name by which runc knows it.</param>
/// <param name="runc">runc.</param>
/// <param name="bundle">Its folder on the host.</param>
/// <param name="processId">Host process id of its first process.</param>
/// <param name="mounts">Mounts of the host in the container.</param>
/// <param name="networks">The networks of the host.</param>
internal sealed class ContainerChanges(
    string id, string name, Runc runc, string bundle, int processId, LiveMounts mounts, OciNetworks networks)
{
    private readonly LiveDisks _disks = new(id, mounts);

    /// <param name="change">The change.</param>
    /// <param name="ended">Kills runc.</param>
    /// <exception cref="Interop.HcsException">
    /// The kernel refuses, or the change is possible only at creation.
    /// </exception>
    public async Task MakeAsync(ResourceChange change, CancellationToken ended)
    {
        switch (change.Request.Resource)
        {
            case ResourceName.Memory:
            case ResourceName.Processor:
                await runc.UpdateAsync(name, Limits.Changed(id, change.After).ToJsonString(), ended).ConfigureAwait(false);
                break;
            case ResourceName.Network:
                await ChangeEndpointAsync(change, change.Request.Settings.EndpointList![0], ended).ConfigureAwait(false);
                break;
            case ResourceName.MappedDirectories:
                ChangeFolder(change.Request.Type, change.Request.Settings.MappedDirectories![0]);
                break;
            case ResourceName.MappedPipes:
                ChangePipe(change.Request.Type, change.Request.Settings.MappedPipes![0]);
                break;
            default:
                ChangeDisk(change);
                break;
        }
    }

    private void ChangeFolder(ChangeType type, MappedDir folder)
    {
        string path = ContainerPath.ToNative(folder.ContainerPath!);
        if (type == ChangeType.Add)
        {
            MountPlaces.RequireFree(id, ResourceChange.Function, "Settings.ContainerPath", path);
            using FileDescriptor file =
                MappedFolders.RequireFolder(id, ResourceChange.Function, "Settings.HostPath", folder);
            mounts.Add(ResourceName.MappedDirectories, file, path, folder.ReadOnly);
        }
        else
        {
            mounts.Remove(ResourceName.MappedDirectories, path);
        }
    }

    private void ChangePipe(ChangeType type, MappedPipe pipe)
    {
        string path = MappedFolders.SocketPath(pipe.ContainerPipeName!);
        if (type == ChangeType.Add)
        {
            using FileDescriptor file =
                MappedFolders.RequirePipe(id, ResourceChange.Function, "Settings.HostPath", pipe);
            mounts.Add(ResourceName.MappedPipes, file, path, isReadOnly: false);
        }
        else
        {
            mounts.Remove(ResourceName.MappedPipes, path);
        }
    }

    private void ChangeDisk(ResourceChange change)
    {
        if (change.Request.Type == ChangeType.Add)
        {
            _disks.Add(change.Request.Settings.MappedVirtualDisks![0]);
        }
        else
        {
            // A request may name a disk by its image. Then it means each place in the container where the disk is
            // mounted.
            string?[] left = [.. change.After.MappedVirtualDisks!.Select(disk => disk.ContainerPath)];
            _disks.Remove([.. change.Before.MappedVirtualDisks!.Where(disk => !left.Contains(disk.ContainerPath))]);
        }
    }

    private async Task ChangeEndpointAsync(ResourceChange change, string endpoint, CancellationToken ended)
    {
        bool isAdded = change.Request.Type == ChangeType.Add;
        if (networks.Endpoints.Find(endpoint) is not { } own)
        {
            if (isAdded)
            {
                InterfaceMove.In(id, NetworkPlan.RequireInterface(id, ResourceChange.Function, endpoint), processId);
            }
            else
            {
                InterfaceMove.Out(id, endpoint, processId);
            }
        }
        else if (isAdded)
        {
            await networks.Attachments.AttachAsync(ResourceChange.Function, id, processId, own.Id, ended)
                .ConfigureAwait(false);
            await ResolveNamesAsync(change.Before, own, ended).ConfigureAwait(false);
        }
        else
        {
            await networks.Attachments.DetachAsync(ResourceChange.Function, id, own.Id, ended).ConfigureAwait(false);
        }
    }

    // The settings of a container that had an endpoint stay as they are.
    private async Task ResolveNamesAsync(ContainerConfig before, HostEndpoint endpoint, CancellationToken ended)
    {
        if (before.EndpointList is { Length: > 0 })
        {
            return;
        }

        try
        {
            string path = NameResolution.FileIn(bundle);
            bool isMounted = File.Exists(path);
            NameResolution.Write(bundle, before, endpoint.Dns, isReached: true);
            if (!isMounted)
            {
                using FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_PATH | Libc.O_CLOEXEC));
                mounts.Add(ResourceName.Network, file, HostNameServers.Settings, isReadOnly: false);
            }
        }
        catch
        {
            await networks.Attachments.DetachAsync(ResourceChange.Function, id, endpoint.Id, ended).ConfigureAwait(false);
            throw;
        }
    }
}
