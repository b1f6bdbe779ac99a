using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Execution;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>Folders, files and pipes of the host that a container sees.</summary>
internal static class MappedFolders
{
    private const string Function = "HcsCreateComputeSystem";
    private const string WindowsPrefix = @"\\.\pipe\";

    // Where .NET, and so PowerShell, has the socket of a named pipe on Unix: one document then serves both systems.
    private const string SocketPrefix = "/tmp/CoreFxPipe_";

    public static IEnumerable<JsonObject> Folders(ContainerConfig config) => (config.MappedDirectories ?? []).Select(
        folder => Mount.BindAll(
            Path.GetFullPath(folder.HostPath!), ContainerPath.ToNative(folder.ContainerPath!), folder.ReadOnly));

    /// <exception cref="Interop.HcsException">There is no such pipe on the host.</exception>
    public static IEnumerable<JsonObject> Pipes(string id, ContainerConfig config) =>
        (config.MappedPipes ?? []).Select((pipe, i) => Mount.Bind(
            RequirePipe(id, Function, $"MappedPipes[{i}].HostPath", pipe),
            SocketPath(pipe.ContainerPipeName!),
            isReadOnly: false));

    /// <summary>Where everything of the host is in the container.</summary>
    public static IEnumerable<string> Paths(ContainerConfig config) =>
        (config.MappedDirectories ?? []).Select(folder => ContainerPath.ToNative(folder.ContainerPath!))
            .Concat((config.MappedPipes ?? []).Select(pipe => SocketPath(pipe.ContainerPipeName!)));

    /// <summary>Path of the pipe on the host.</summary>
    /// <exception cref="Interop.HcsException">There is no such pipe on the host.</exception>
    internal static string RequirePipe(string id, string function, string member, MappedPipe pipe) =>
        SocketPath(pipe.HostPath!) is var path && File.Exists(path)
            ? path
            : throw Refusal.PathNotFound(id, function, member, path);

    /// <summary>A path is itself, a socket or FIFO; a bare name is the socket .NET has for a pipe of that name.</summary>
    internal static string SocketPath(string pipe) =>
        pipe.StartsWith("/", System.StringComparison.Ordinal) ? pipe
        : SocketPrefix + (pipe.StartsWith(WindowsPrefix, System.StringComparison.OrdinalIgnoreCase)
            ? pipe.Substring(WindowsPrefix.Length)
            : pipe);
}
