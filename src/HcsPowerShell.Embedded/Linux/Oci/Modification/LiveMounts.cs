using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Modification;

/// <summary>
/// Adds folders, pipes and disks of the host to a running container, and removes them; for one thread at a time.
/// </summary>
internal sealed class LiveMounts : IDisposable
{
    private readonly string _id;
    private readonly int _processId;
    private readonly Dictionary<string, FileDescriptor> _mounts = new(StringComparer.Ordinal);

    /// <param name="id">Id of the container.</param>
    /// <param name="processId">
    /// Host process id of its first process. No other process may run in the container yet.
    /// </param>
    /// <param name="paths">Paths in the container where something of the host is mounted already.</param>
    public LiveMounts(string id, int processId, IEnumerable<string> paths)
    {
        _id = id;
        _processId = processId;
        using FileDescriptor root = new(Libc.open(CString.From($"/proc/{processId}/root"), Libc.O_PATH | Libc.O_CLOEXEC));
        Libc.OpenHow how = new() { Flags = Libc.O_PATH | Libc.O_CLOEXEC, Resolve = Libc.RESOLVE_IN_ROOT };
        foreach (string path in paths.Distinct())
        {
            FileDescriptor mount = new(Libc.openat2(root, CString.From(path), how));
            if (!mount.IsInvalid)
            {
                _mounts[path] = mount;
            }
        }
    }

    /// <param name="resource">A <see cref="ResourceName"/>.</param>
    /// <param name="source">File or folder of the host, open.</param>
    /// <param name="path">Path in the container.</param>
    /// <param name="isReadOnly">Whether everything below it is read-only.</param>
    /// <exception cref="Interop.HcsException">The kernel refuses.</exception>
    public void Add(string resource, FileDescriptor source, string path, bool isReadOnly)
    {
        FileDescriptor mount = new(Libc.open_tree(source));
        int error = mount.IsInvalid ? Marshal.GetLastWin32Error() : Restrict(mount, isReadOnly);
        if (error != 0)
        {
            mount.Dispose();
            throw Failure(resource, path, error);
        }

        Put(resource, mount, path, isFolder: FileStatus.Of(source).IsFolder);
    }

    /// <param name="resource">A <see cref="ResourceName"/>.</param>
    /// <param name="mount">A file system that is mounted nowhere yet. This object closes it.</param>
    /// <param name="path">Path in the container.</param>
    /// <exception cref="Interop.HcsException">The kernel refuses.</exception>
    public void Add(string resource, FileDescriptor mount, string path) => Put(resource, mount, path, isFolder: true);

    /// <param name="resource">A <see cref="ResourceName"/>.</param>
    /// <param name="path">Path in the container. A process that has it open keeps it.</param>
    /// <exception cref="Interop.HcsException">The kernel refuses.</exception>
    public void Remove(string resource, string path)
    {
        if (!_mounts.TryGetValue(path, out FileDescriptor? mount))
        {
            throw Failure(resource, path, Errno.ENOENT);
        }

        using FileDescriptor mountNamespace = OpenNamespace();
        int error = MountNamespace.Detach(mountNamespace, mount);
        if (error != 0)
        {
            throw Failure(resource, path, error);
        }

        mount.Dispose();
        _mounts.Remove(path);
    }

    public void Dispose()
    {
        foreach (FileDescriptor mount in _mounts.Values)
        {
            mount.Dispose();
        }

        _mounts.Clear();
    }

    private static int Restrict(FileDescriptor mount, bool isReadOnly) =>
        Libc.mount_setattr(mount, new Libc.MountAttributes
        {
            Set = isReadOnly ? Libc.MOUNT_ATTR_RDONLY : 0,
            Propagation = Libc.MS_PRIVATE,
        }) == 0
            ? 0
            : Marshal.GetLastWin32Error();

    private void Put(string resource, FileDescriptor mount, string path, bool isFolder)
    {
        using FileDescriptor mountNamespace = OpenNamespace();
        int error = MountNamespace.Attach(mountNamespace, mount, path, isFolder);
        if (error != 0)
        {
            mount.Dispose();
            throw Failure(resource, path, error);
        }

        if (_mounts.TryGetValue(path, out FileDescriptor? hidden))
        {
            hidden.Dispose();
        }

        _mounts[path] = mount;
    }

    private FileDescriptor OpenNamespace() =>
        new(Libc.open(CString.From($"/proc/{_processId}/ns/mnt"), Libc.O_RDONLY | Libc.O_CLOEXEC));

    private Interop.HcsException Failure(string resource, string path, int errno) => errno switch
    {
        Errno.ENOTDIR or Errno.EISDIR => Refusal.InvalidArgument(
            _id, ResourceChange.Function, $"{resource}: '{path}' cannot hold it: a file is where a folder belongs, or a folder where a file does."),
        Errno.EROFS => Refusal.InvalidArgument(
            _id, ResourceChange.Function, $"{resource}: '{path}' does not exist, and cannot be made in a folder that is read-only."),
        _ => Refusal.OfHost(
            _id,
            ResourceChange.Function,
            resource,
            new KernelException($"The kernel refuses the change at '{path}'", errno)),
    };
}
