using System;
using System.IO;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>The folder of one embedded host, and the lock that shows that its process is alive.</summary>
/// <remarks>
/// The process locks <c>/var/lib/hcspowershell/HOST.lock</c> as long as it runs. The kernel releases the lock when the
/// process ends, for whatever reason, and no other process can be mistaken for it. <c>HOST/runc</c> is the state of
/// runc, <c>HOST/bundles/NAME</c> the bundle of one container, <c>HOST/mounts/NAME</c> a mounted scratch,
/// <c>HOST/containers</c> and <c>HOST/scratches</c> what containers own. Control groups are <c>hcs-NAME</c>, where
/// NAME begins with HOST.
/// </remarks>
internal sealed class HostFolder : IDisposable
{
    internal const string Root = "/var/lib/hcspowershell";
    internal const string LockExtension = ".lock";

    /// <summary>
    /// The file in the folder of a host that has networks; it holds the network namespace, as the kernel names it.
    /// </summary>
    internal const string NetworksName = "networks";

    internal const uint PrivateMode = 0x1C0;
    private const string BundlesName = "bundles";
    private const string MountsName = "mounts";
    private const int Tries = 20;

    private static readonly Lazy<string> s_finalRoot = new(() => FinalPath.Of(Root));

    private readonly FileStream _lock;

    private HostFolder(string host, FileStream hold)
    {
        Host = host;
        _lock = hold;
        Path = System.IO.Path.Combine(Root, host);
        RuncState = System.IO.Path.Combine(Path, "runc");
        Settings = System.IO.Path.Combine(Path, "etc");
        Mounts = System.IO.Path.Combine(Path, MountsName);
        MakePrivate(Path);
        MakePrivate(RuncState);
        MakePrivate(System.IO.Path.Combine(Path, BundlesName));
        MakePrivate(Mounts);
    }

    /// <summary>The folder of all hosts without links, as the kernel shows it.</summary>
    public static string FinalRoot => s_finalRoot.Value;

    /// <summary>Name of the host, unique on this machine.</summary>
    public string Host { get; }

    public string Path { get; }

    public string RuncState { get; }

    /// <summary>The folder that containers without layers have as <c>/etc</c>.</summary>
    public string Settings { get; }

    /// <summary>The folder with the mount points of scratches.</summary>
    public string Mounts { get; }

    /// <summary>Removes the folders of containers that are gone.</summary>
    public FolderRemovals Removals { get; } = new();

    /// <exception cref="UnauthorizedAccessException">The folder does not belong to this user.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static HostFolder Create()
    {
        for (int i = 0; i < Tries; i++)
        {
            MakePrivate(Root);
            string host = Guid.NewGuid().ToString("N").Substring(0, 12);
            if (TryLock(System.IO.Path.Combine(Root, host + LockExtension), FileMode.CreateNew) is { } hold)
            {
                return new HostFolder(host, hold);
            }

            // Another process found the file before it was locked, and took it for the lock of a dead host.
        }

        throw new IOException($"No file can be made and locked in '{Root}'.");
    }

    /// <returns>Null when another process holds the lock, or the file does not exist.</returns>
    public static FileStream? TryLock(string path, FileMode mode)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException)
        {
            return null;
        }

        // Not by FileShare.None: an environment variable of .NET turns that off, and live hosts would look dead.
        if (Libc.flock(file.SafeFileHandle, Libc.LOCK_EX | Libc.LOCK_NB) == 0)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>
    /// Creates a folder that only root can enter: a container can leave setuid programs of root below it.
    /// </summary>
    /// <exception cref="IOException">The file system refuses, or something else has that name.</exception>
    public static void MakePrivate(string path)
    {
        if (Libc.mkdir(CString.From(path), PrivateMode) == 0)
        {
            return;
        }

        // The folder exists already, from an older version or from another host.
        using Folder folder = FileStatus.Of(path) is { IsFolder: true, UserId: 0 }
            ? Folder.Open(path)
            : throw new IOException($"'{path}' cannot be made, or is no folder of root's.");
        if (!FileStatus.Of(folder.Descriptor).IsClosed && Libc.fchmod(folder.Descriptor, PrivateMode) != 0)
        {
            throw new IOException($"'{path}' cannot be closed to other users.");
        }
    }

    /// <summary>True for the path of a mount point of any host.</summary>
    /// <param name="path">Path without links.</param>
    public static bool IsMountPoint(string path) =>
        System.IO.Path.GetDirectoryName(path) is { } mounts
        && System.IO.Path.GetFileName(mounts) == MountsName
        && System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(mounts)) == FinalRoot;

    /// <summary>True for the path of a scratch that a container of any host owns.</summary>
    /// <param name="path">Path without links.</param>
    public static bool IsScratch(string path) =>
        System.IO.Path.GetDirectoryName(path) is { } scratches
        && System.IO.Path.GetDirectoryName(scratches) is { } host
        && scratches == OwnFolder.ScratchesIn(host)
        && System.IO.Path.GetDirectoryName(host) == FinalRoot;

    public string Bundle(string name) => System.IO.Path.Combine(Path, BundlesName, name);

    /// <summary>Unmounts the scratches and removes the folder, which must no longer contain a container.</summary>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    public void Dispose()
    {
        string scratches = OwnFolder.ScratchesIn(Path);
        if (Directory.Exists(scratches))
        {
            Removals.Begin(scratches);
        }

        Removals.Finish();

        // The removal of all the rest would go through a mount into the scratch. So it begins only without any.
        foreach (string mount in Directory.GetFileSystemEntries(Mounts))
        {
            MountPoint.Remove(mount, isForced: true);
        }

        Directory.Delete(Mounts);
        Directory.Delete(Path, recursive: true);
        File.Delete(_lock.Name);
        _lock.Dispose();
    }
}
