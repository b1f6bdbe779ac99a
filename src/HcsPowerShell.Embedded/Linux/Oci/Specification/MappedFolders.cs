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

    // .NET, and therefore PowerShell, puts the socket of a named pipe here on Unix, so one document serves both
    // systems.
    private const string SocketPrefix = "/tmp/CoreFxPipe_";

    /// <exception cref="Interop.HcsException">One of them does not exist.</exception>
    public static IEnumerable<JsonObject> Folders(string id, ContainerConfig config, PreparedMounts mounts) =>
        (config.MappedDirectories ?? []).Select((folder, i) =>
        {
            using FileDescriptor file = RequireFolder(id, Function, $"MappedDirectories[{i}].HostPath", folder);
            return Mount.BindAll(mounts.Add(file).Path, ContainerPath.ToNative(folder.ContainerPath!), folder.ReadOnly);
        });

    /// <exception cref="Interop.HcsException">There is no such pipe on the host, or the file is no pipe.</exception>
    public static IEnumerable<JsonObject> Pipes(string id, ContainerConfig config, PreparedMounts mounts) =>
        (config.MappedPipes ?? []).Select((pipe, i) =>
        {
            using FileDescriptor file = RequirePipe(id, Function, $"MappedPipes[{i}].HostPath", pipe);
            return Mount.Bind(mounts.Add(file).Path, SocketPath(pipe.ContainerPipeName!), isReadOnly: false);
        });

    /// <summary>Paths in the container of all mapped folders and pipes.</summary>
    public static IEnumerable<string> Paths(ContainerConfig config) =>
        (config.MappedDirectories ?? []).Select(folder => ContainerPath.ToNative(folder.ContainerPath!))
            .Concat((config.MappedPipes ?? []).Select(pipe => SocketPath(pipe.ContainerPipeName!)));

    /// <summary>
    /// Opens a file or folder of the host for its path, as the document names it; links are followed.
    /// </summary>
    /// <exception cref="Interop.HcsException">It does not exist.</exception>
    internal static FileDescriptor RequireFolder(string id, string function, string member, MappedDir folder)
    {
        FileDescriptor file = new(Libc.open(CString.From(Path.GetFullPath(folder.HostPath!)), Libc.O_PATH | Libc.O_CLOEXEC));
        return FileDescriptor.NullIfMissing(file) ?? throw Refusal.PathNotFound(id, function, member, folder.HostPath!);
    }

    /// <summary>
    /// Opens a pipe of the host for its path. Every user can create links where pipes are, so none is followed.
    /// </summary>
    /// <exception cref="Interop.HcsException">It does not exist, is no pipe, or does not belong to root.</exception>
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

    /// <summary>
    /// Gets the path of a pipe. A path, of a socket or FIFO, stays as it is; a bare name becomes the path of the socket
    /// that .NET creates for a pipe of that name.
    /// </summary>
    internal static string SocketPath(string pipe) =>
        pipe.StartsWith("/", System.StringComparison.Ordinal) ? pipe
        : SocketPrefix + (pipe.StartsWith(WindowsPrefix, System.StringComparison.OrdinalIgnoreCase)
            ? pipe.Substring(WindowsPrefix.Length)
            : pipe);
}
