using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>A mount namespace for one container, in which its files lie ready before runc enters it.</summary>
/// <remarks>
/// What was opened and looked at is what is mounted: runc is told links to open files, never a path that could lead
/// elsewhere by then. Such a link serves for a mount in the namespace of whoever mounts it, so copies of the mounts are
/// put into the namespace the container will have. All goes with the root runc takes away, when it changes to its own.
/// </remarks>
internal sealed class PreparedMounts : IDisposable
{
    private readonly DetachedMount _memory = DetachedMount.Open("tmpfs", "tmpfs");
    private readonly Folder _places;
    private readonly List<(FileDescriptor Mount, byte[] Name)> _mounts = [];
    private readonly List<FileDescriptor> _opened = [];
    private FileDescriptor? _namespace;
    private FileDescriptor? _root;

    public PreparedMounts() => _places = new Folder(_memory.Descriptor);

    /// <summary>Path of the namespace, once it is made.</summary>
    public string Path => _namespace!.Path;

    /// <summary>The root as it was made, open for its path; null before, and when all has been let go.</summary>
    public FileDescriptor? Root => _root is { IsClosed: false } ? _root : null;

    /// <summary>Takes in a file or folder, with what is mounted below it.</summary>
    /// <returns>It, as the container's namespace will have it.</returns>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public FileDescriptor Add(FileDescriptor file)
    {
        FileDescriptor copy = new(Libc.open_tree(file));
        if (copy.IsInvalid)
        {
            throw new KernelException("A mount cannot be copied", Marshal.GetLastWin32Error());
        }

        AddMount(copy);
        return copy;
    }

    /// <summary>Takes in a mount that is in no namespace yet; it is closed with this.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void AddMount(FileDescriptor mount)
    {
        _opened.Add(mount);
        string name = _mounts.Count.ToString(CultureInfo.InvariantCulture);
        if (FileStatus.Of(mount).IsFolder)
        {
            _places.Make(name, 0x1C0);
        }
        else
        {
            _places.Open(name, Libc.O_CREAT | Libc.O_EXCL | Libc.O_RDONLY, 0x180)!.Dispose();
        }

        _mounts.Add((mount, CString.From(name)));
    }

    /// <summary>Closes what was opened in one of the mounts, when the namespace has been entered.</summary>
    public FileDescriptor Keep(FileDescriptor file)
    {
        _opened.Add(file);
        return file;
    }

    /// <summary>Makes the namespace, with a folder of what was taken in as the container's root.</summary>
    /// <param name="place">Folder the mounts are put below.</param>
    /// <param name="root">Folder that becomes the root.</param>
    /// <param name="folder">What is mounted there.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Make(string place, string root, FileDescriptor folder)
    {
        byte[] source = CString.From(folder.Path);
        byte[] target = CString.From(root);
        Make(place, target, "The root", () => Libc.mount(source, target, null, Libc.MS_BIND, null));
    }

    /// <summary>Makes the namespace, with folders of what was taken in over one another as the container's root.</summary>
    /// <param name="place">Folder the mounts are put below.</param>
    /// <param name="root">Folder that becomes the root.</param>
    /// <param name="lower">Layers that are only read, the topmost first.</param>
    /// <param name="upper">What is written to.</param>
    /// <param name="work">What overlay needs beside it.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Make(
        string place, string root, IEnumerable<FileDescriptor> lower, FileDescriptor upper, FileDescriptor work)
    {
        byte[] overlay = CString.From("overlay");
        byte[] target = CString.From(root);
        byte[] options = CString.From(
            $"lowerdir={string.Join(":", lower.Select(layer => layer.Path))},upperdir={upper.Path},workdir={work.Path}");
        Make(place, target, "The stack of layers", () => Libc.mount(overlay, target, overlay, 0, options));
    }

    public void Dispose()
    {
        _namespace?.Dispose();
        _root?.Dispose();
        _opened.ForEach(file => file.Dispose());
        _places.Dispose();
    }

    private void Make(string place, byte[] target, string what, Func<int> mountRoot)
    {
        int root = -1;
        _namespace = MountNamespace.Create(
            _places.Descriptor,
            place,
            _mounts,
            () => mountRoot() == 0 && (root = Libc.open(target, Libc.O_PATH | Libc.O_CLOEXEC, 0)) >= 0 ? 0 : -1,
            out int errno);
        _root = new FileDescriptor(root);
        if (errno != 0)
        {
            throw new KernelException($"{what} of the container cannot be mounted", errno);
        }
    }
}
