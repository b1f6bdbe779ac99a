using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>
/// The <c>/etc</c> of containers without layers: generated files, and some files of this machine that every user may
/// read.
/// </summary>
internal static class HostSettings
{
    private const uint FolderMode = 0x1ED;
    private const uint FileMode = 0x1A4;
    private const uint ReadableByOthers = 4;

    private static readonly (string Path, string Text)[] s_made =
    [
        ("passwd",
            "root:x:0:0:root:/root:/bin/sh\n"
            + "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
            + "bin:x:2:2:bin:/bin:/usr/sbin/nologin\n"
            + "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"),
        ("group", "root:x:0:\ndaemon:x:1:\nbin:x:2:\ntty:x:5:\nnogroup:x:65534:\n"),
        ("hosts", "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n"),
    ];

    // Name servers, the time zone, where the loader finds libraries, numbers of services.
    private static readonly string[] s_copied =
    [
        "resolv.conf", "localtime", "timezone", "os-release", "ld.so.cache", "protocols", "services", "ssl/openssl.cnf",
        "pki/tls/openssl.cnf",
    ];

    // Certificates, and the links that choose the program for a name: too many files to copy for each host.
    private static readonly string[] s_mounted =
    [
        "alternatives", "ssl/certs", "pki/tls/certs", "pki/ca-trust/extracted", "ca-certificates/extracted",
        "crypto-policies",
    ];

    /// <param name="path">The folder that was written.</param>
    public static IEnumerable<JsonObject> Mounts(string path) => Mounted()
        .Select(name => Mount.Bind("/etc/" + name, "/etc/" + name, isReadOnly: true))
        .Prepend(Mount.Bind(path, "/etc", isReadOnly: true));

    /// <param name="path">Folder to be made.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Write(string path)
    {
        Directory.CreateDirectory(path);
        using Folder folder = Folder.Open(path);
        _ = Libc.fchmod(folder.Descriptor, FolderMode);
        foreach ((string name, string text) in s_made)
        {
            Write(folder, name, Encoding.ASCII.GetBytes(text));
        }

        // A folder of the second list may be a link to another.
        foreach (string name in s_copied.Concat(s_mounted))
        {
            Copy(folder, name);
        }

        foreach (string name in Mounted())
        {
            MakeParents(folder, name);
            folder.Make(name, FolderMode);
        }

        folder.MakeLink("mtab", "../proc/self/mounts");
        Write(folder, "resolv.conf", []);
    }

    private static IEnumerable<string> Mounted() =>
        s_mounted.Where(name => FileStatus.Of("/etc/" + name) is { IsFolder: true } status && MayBeRead(status));

    private static void Copy(Folder folder, string name)
    {
        string source = "/etc/" + name;
        FileStatus? status = FileStatus.Of(source);
        if (status is { IsLink: true } && !LeavesTheBase(name))
        {
            MakeParents(folder, name);
            folder.MakeLink(name, Symlink.Read(source)!);
        }
        else if (ReadFile(source) is { } content)
        {
            MakeParents(folder, name);
            Write(folder, name, content);
        }
    }

    // The link may lead to a file that the machine creates at each start; nothing in a container creates it.
    private static bool LeavesTheBase(string name) => name == "resolv.conf";

    private static byte[]? ReadFile(string path)
    {
        using FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC));
        return !file.IsInvalid && FileStatus.Of(file) is { IsFile: true } status && MayBeRead(status)
            ? File.ReadAllBytes(file.Path)
            : null;
    }

    private static bool MayBeRead(FileStatus status) => (status.Mode & ReadableByOthers) != 0;

    private static void MakeParents(Folder folder, string name)
    {
        for (int end = name.IndexOf('/'); end > 0; end = name.IndexOf('/', end + 1))
        {
            folder.Make(name.Substring(0, end), FolderMode);
        }
    }

    /// <summary>Writes a file unless it exists.</summary>
    private static void Write(Folder folder, string name, byte[] content)
    {
        using FileDescriptor? file = folder.Open(name, Libc.O_CREAT | Libc.O_EXCL | Libc.O_WRONLY, FileMode);
        if (file is not null)
        {
            _ = Libc.fchmod(file, FileMode);
            File.WriteAllBytes(file.Path, content);
        }
    }
}
