using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>Folders, files and pipes of the host that a container sees.</summary>
internal static class MappedFolders
{
    private const string Function = "HcsCreateComputeSystem";
    private const string WindowsPrefix = @"\\.\pipe\";

    // Where .NET, and so PowerShell, has the socket of a named pipe on Unix: one document then serves both systems.
    private const string SocketPrefix = "/tmp/CoreFxPipe_";

    /// <exception cref="Interop.HcsException">One is gone.</exception>
    public static IEnumerable<JsonObject> Folders(string id, ContainerConfig config, PreparedMounts mounts) =>
        (config.MappedDirectories ?? []).Select((folder, i) =>
        {
            using FileDescriptor file = RequireFolder(id, Function, $"MappedDirectories[{i}].HostPath", folder);
            return Mount.BindAll(mounts.Add(file).Path, ContainerPath.ToNative(folder.ContainerPath!), folder.ReadOnly);
        });

    /// <exception cref="Interop.HcsException">There is no such pipe on the host, or it is none.</exception>
    public static IEnumerable<JsonObject> Pipes(string id, ContainerConfig config, PreparedMounts mounts) =>
        (config.MappedPipes ?? []).Select((pipe, i) =>
        {
            using FileDescriptor file = RequirePipe(id, Function, $"MappedPipes[{i}].HostPath", pipe);
            return Mount.Bind(mounts.Add(file).Path, SocketPath(pipe.ContainerPipeName!), isReadOnly: false);
        });

    /// <summary>Where everything of the host is in the container.</summary>
    public static IEnumerable<string> Paths(ContainerConfig config) =>
        (config.MappedDirectories ?? []).Select(folder => ContainerPath.ToNative(folder.ContainerPath!))
            .Concat((config.MappedPipes ?? []).Select(pipe => SocketPath(pipe.ContainerPipeName!)));

    /// <summary>A file or folder of the host, open for its path, as whoever made the document named it.</summary>
    /// <exception cref="Interop.HcsException">There is none.</exception>
    internal static FileDescriptor RequireFolder(string id, string function, string member, MappedDir folder)
    {
        FileDescriptor file = new(Libc.open(CString.From(Path.GetFullPath(folder.HostPath!)), Libc.O_PATH | Libc.O_CLOEXEC));
        return FileDescriptor.NullIfMissing(file) ?? throw Refusal.PathNotFound(id, function, member, folder.HostPath!);
    }

    /// <summary>A pipe of the host, open for its path. Anybody can put a link where pipes are, so none is followed.</summary>
    /// <exception cref="Interop.HcsException">There is none, or it is something else, or not root's own.</exception>
    internal static FileDescriptor RequirePipe(string id, string function, string member, MappedPipe pipe)
    {
        string path = SocketPath(pipe.HostPath!);
        FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_PATH | Libc.O_NOFOLLOW | Libc.O_CLOEXEC));
        if (FileDescriptor.NullIfMissing(file) is null)
        {
            throw Refusal.PathNotFound(id, function, member, path);
        }

        FileStatus status = FileStatus.Of(file);
        if (!status.IsPipe)
        {
            file.Dispose();
            throw Refusal.InvalidArgument(id, function, $"{member}: '{path}' is no socket and no FIFO.");
        }

        if (status.UserId != 0 && path != pipe.HostPath)
        {
            file.Dispose();
            throw Refusal.InvalidArgument(
                id,
                function,
                $"{member}: '{path}' belongs to user {status.UserId}. A pipe that is not root's is mapped by its path.");
        }

        return file;
    }

    /// <summary>A path is itself, a socket or FIFO; a bare name is the socket .NET has for a pipe of that name.</summary>
    internal static string SocketPath(string pipe) =>
        pipe.StartsWith("/", System.StringComparison.Ordinal) ? pipe
        : SocketPrefix + (pipe.StartsWith(WindowsPrefix, System.StringComparison.OrdinalIgnoreCase)
            ? pipe.Substring(WindowsPrefix.Length)
            : pipe);
}
