using System;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>
/// A file system only this process sees: it is mounted nowhere, so no mount of it can be left behind.
/// </summary>
internal sealed class DetachedMount : IDisposable
{
    /// <summary>
    /// Mount option of ext4. Without it the image itself sets the reaction to an error in it, which may be to stop the
    /// machine.
    /// </summary>
    public const string OnErrors = "remount-ro";

    private readonly FileDescriptor _mount;

    private DetachedMount(FileDescriptor mount)
    {
        _mount = mount;
        Root = $"/proc/self/fd/{mount.Number}";
    }

    /// <summary>Its root folder, as a path for this process.</summary>
    public string Root { get; }

    /// <summary>The mount; a caller that takes it closes it instead of this object.</summary>
    public FileDescriptor Descriptor => _mount;

    /// <exception cref="IOException">The device holds no such file system.</exception>
    public static DetachedMount Open(string type, string device, bool isReadOnly = false)
    {
        using FileDescriptor context = Take(Libc.fsopen(CString.From(type)), device);
        bool isReady =
            Libc.fsconfig(context, Libc.FSCONFIG_SET_STRING, CString.From("source"), CString.From(device)) == 0
            && (type != "ext4"
                || Libc.fsconfig(context, Libc.FSCONFIG_SET_STRING, CString.From("errors"), CString.From(OnErrors)) == 0)
            && (!isReadOnly || Libc.fsconfig(context, Libc.FSCONFIG_SET_FLAG, CString.From("ro"), null) == 0)
            && Libc.fsconfig(context, Libc.FSCONFIG_CMD_CREATE, null, null) == 0;
        return new DetachedMount(Take(isReady ? Libc.fsmount(context) : -1, device));
    }

    public void Dispose() => _mount.Dispose();

    private static FileDescriptor Take(int number, string device) => number >= 0
        ? new FileDescriptor(number)
        : throw new KernelException($"'{device}' cannot be mounted", Marshal.GetLastWin32Error());
}
