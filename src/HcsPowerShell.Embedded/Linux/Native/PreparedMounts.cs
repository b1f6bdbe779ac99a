using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>
/// A mount namespace for one container, with its files mounted before runc enters it; or for making one overlay.
/// </summary>
/// <remarks>
/// The host mounts exactly the files it opened and checked: runc gets links to open files, never a path that could lead
/// elsewhere by then. Such a link works only for a mount in the namespace of the process that mounts it, so copies of
/// the mounts are attached in the namespace the container will have. All mounts disappear with the old root, which runc
/// removes when it changes to its own.
/// </remarks>
internal sealed class PreparedMounts : IDisposable
{
    /// <summary>
    /// The paths of so many open files always fit into the one page of mount options that the kernel accepts.
    /// </summary>
    public const int MostLayers = 128;

    private const string Stack = "The stack of layers";

    private static readonly byte[] s_overlay = CString.From("overlay");

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
        Make(place, target, "The root of the container", () => Libc.mount(source, target, null, Libc.MS_BIND, null));
    }

    /// <summary>
    /// Creates the namespace, with an added overlay as the root of the container, which is without the flags that the
    /// overlay has for this machine.
    /// </summary>
    /// <param name="place">Folder the mounts are attached below.</param>
    /// <param name="root">Folder that becomes the root.</param>
    /// <param name="overlay">From <see cref="MakeOverlay"/>.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void MakeFromOverlay(string place, string root, FileDescriptor overlay)
    {
        byte[] source = CString.From(overlay.Path);
        byte[] target = CString.From(root);
        Make(place, target, "The root of the container", () =>
            Libc.mount(source, target, null, Libc.MS_BIND, null) == 0
                ? Libc.mount(null, target, null, Libc.MS_REMOUNT | Libc.MS_BIND, null)
                : -1);
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
        byte[] target = CString.From(root);
        byte[] options = Options(lower, upper, work);
        Make(place, target, Stack, () => Libc.mount(s_overlay, target, s_overlay, 0, options));
    }

    /// <summary>
    /// Creates an overlay of added folders that is mounted nowhere yet. It has no device nodes and no setuid programs
    /// for this machine.
    /// </summary>
    /// <param name="place">Folder the mounts are attached below, for no other process to see.</param>
    /// <param name="source">Text that the kernel lists as its source.</param>
    /// <param name="lower">Read-only layers, the topmost first.</param>
    /// <param name="upper">Layer that receives the writes.</param>
    /// <param name="work">Work folder that overlay needs beside it.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public FileDescriptor MakeOverlay(
        string place, string source, IEnumerable<FileDescriptor> lower, FileDescriptor upper, FileDescriptor work)
    {
        const string Name = "overlay";
        _places.Make(Name, 0x1C0);
        byte[] name = CString.From(source);
        byte[] target = CString.From(System.IO.Path.Combine(place, Name));
        byte[] options = Options(lower, upper, work);
        int copy = -1;
        Make(place, target, Stack, () =>
        {
            if (Libc.mount(name, target, s_overlay, Libc.MS_NOSUID | Libc.MS_NODEV, options) != 0)
            {
                return -1;
            }

            // Only the copy outlives the namespace.
            using FileDescriptor overlay = new(Libc.open(target, Libc.O_PATH | Libc.O_CLOEXEC, 0));
            copy = overlay.IsInvalid ? -1 : Libc.open_tree(overlay);
            return Math.Min(copy, 0);
        });
        return new FileDescriptor(copy);
    }

    public void Dispose()
    {
        _namespace?.Dispose();
        _root?.Dispose();
        _opened.ForEach(file => file.Dispose());
        _places.Dispose();
    }

    private static byte[] Options(IEnumerable<FileDescriptor> lower, FileDescriptor upper, FileDescriptor work) =>
        CString.From(
            $"lowerdir={string.Join(":", lower.Select(layer => layer.Path))},"
            + $"upperdir={upper.Path},workdir={work.Path}");

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
            throw new KernelException($"{what} cannot be mounted", errno);
        }
    }
}
