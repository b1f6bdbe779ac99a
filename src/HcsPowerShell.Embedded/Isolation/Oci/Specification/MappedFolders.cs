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
        folder => Mount.Bind(
            Path.GetFullPath(folder.HostPath!), ContainerPath.ToNative(folder.ContainerPath!), folder.ReadOnly));

    /// <exception cref="Interop.HcsException">There is no such pipe on the host.</exception>
    public static IEnumerable<JsonObject> Pipes(string id, ContainerConfig config) =>
        (config.MappedPipes ?? []).Select((pipe, i) =>
        {
            string path = SocketPath(pipe.HostPath!);
            return File.Exists(path)
                ? Mount.Bind(path, SocketPath(pipe.ContainerPipeName!), isReadOnly: false)
                : throw Refusal.PathNotFound(id, Function, $"MappedPipes[{i}].HostPath", path);
        });

    /// <summary>A path is itself, a socket or FIFO; a bare name is the socket .NET has for a pipe of that name.</summary>
    internal static string SocketPath(string pipe) =>
        pipe.StartsWith("/", System.StringComparison.Ordinal) ? pipe
        : SocketPrefix + (pipe.StartsWith(WindowsPrefix, System.StringComparison.OrdinalIgnoreCase)
            ? pipe.Substring(WindowsPrefix.Length)
            : pipe);
}
