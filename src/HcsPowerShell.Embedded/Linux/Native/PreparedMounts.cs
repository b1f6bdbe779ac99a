using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>A mount namespace for one container, with its files mounted before runc enters it.</summary>
/// <remarks>
/// The host mounts exactly the files it opened and checked: runc gets links to open files, never a path that could lead
/// elsewhere by then. Such a link works only for a mount in the namespace of the process that mounts it, so copies of
/// the mounts are attached in the namespace the container will have. All mounts disappear with the old root, which runc
/// removes when it changes to its own.
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

    /// <summary>Path of the namespace, once it is created.</summary>
    public string Path => _namespace!.Path;

    /// <summary>The root as it was created, open for its path; null before that and after Dispose.</summary>
    public FileDescriptor? Root => _root is { IsClosed: false } ? _root : null;

    /// <summary>Adds a file or folder, with the mounts below it.</summary>
    /// <returns>The copy that the namespace of the container will have.</returns>
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

    /// <summary>Adds a mount that is in no namespace yet; Dispose closes it.</summary>
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

    /// <summary>
    /// Takes over a file opened in one of the mounts; Dispose closes it when runc has entered the namespace.
    /// </summary>
    public FileDescriptor Keep(FileDescriptor file)
    {
        _opened.Add(file);
        return file;
    }

    /// <summary>Creates the namespace, with an added folder as the root of the container.</summary>
    /// <param name="place">Folder the mounts are attached below.</param>
    /// <param name="root">Folder that becomes the root.</param>
    /// <param name="folder">Folder that is mounted there.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Make(string place, string root, FileDescriptor folder)
    {
        byte[] source = CString.From(folder.Path);
        byte[] target = CString.From(root);
        Make(place, target, "The root", () => Libc.mount(source, target, null, Libc.MS_BIND, null));
    }

    /// <summary>Creates the namespace, with an overlay of added folders as the root of the container.</summary>
    /// <param name="place">Folder the mounts are attached below.</param>
    /// <param name="root">Folder that becomes the root.</param>
    /// <param name="lower">Read-only layers, the topmost first.</param>
    /// <param name="upper">Layer that receives the writes.</param>
    /// <param name="work">Work folder that overlay needs beside it.</param>
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
