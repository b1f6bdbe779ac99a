using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Service.Modification;

/// <summary>Computes the configuration of a system after a change.</summary>
internal static class ChangedConfig
{
    private static readonly StringComparison s_pathComparison =
        Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <exception cref="Interop.HcsException">
    /// The resource to add exists already (E_INVALIDARG) or its host path is missing (ERROR_PATH_NOT_FOUND); the
    /// resource to remove does not exist (ERROR_NOT_FOUND).
    /// </exception>
    public static ContainerConfig Of(string id, ContainerConfig before, ResourceRequest request)
    {
        ContainerConfig after = HcsJson.Read<ContainerConfig>(HcsJson.Write(before));
        ContainerConfig settings = request.Settings;
        switch (request.Resource)
        {
            case ResourceName.Memory:
                after.MemoryMaximumInMB = settings.MemoryMaximumInMB;
                break;
            case ResourceName.Processor:
                after.ProcessorCount = settings.ProcessorCount;
                after.ProcessorWeight = settings.ProcessorWeight;
                after.ProcessorMaximum = settings.ProcessorMaximum;
                break;
            case ResourceName.Network:
                after.EndpointList = ChangeEndpoints(id, request, after.EndpointList ?? [], settings.EndpointList![0]);
                break;
            case ResourceName.MappedVirtualDisk:
                after.MappedVirtualDisks = Change(
                    id, request, after.MappedVirtualDisks, settings.MappedVirtualDisks![0], IsSame);
                break;
            case ResourceName.MappedDirectories:
                MappedDir folder = settings.MappedDirectories![0];
                after.MappedDirectories = Change(id, request, after.MappedDirectories, folder, IsSame);
                RequireHostPath(id, request, folder.HostPath);
                break;
            default:
                after.MappedPipes = Change(id, request, after.MappedPipes, settings.MappedPipes![0], IsSame);
                break;
        }

        return after;
    }

    private static T[] Change<T>(string id, ResourceRequest request, T[]? list, T item, Func<T, T, bool> isSame)
    {
        T[] others = [.. (list ?? []).Where(other => !isSame(other, item))];
        bool isThere = others.Length < (list?.Length ?? 0);
        return (request.Type, isThere) switch
        {
            (ChangeType.Add, false) => [.. others, item],
            (ChangeType.Remove, true) => others,
            (ChangeType.Add, _) => throw Refusal.InvalidArgument(
                id, ResourceChange.Function, $"Settings: the container has this {request.Resource} already."),
            _ => throw Refusal.ResourceNotFound(id, ResourceChange.Function, request.Resource),
        };
    }

    // The container may have it already, and then the change is made.
    private static string[] ChangeEndpoints(string id, ResourceRequest request, string[] list, string endpoint) =>
        request.Type == ChangeType.Add && list.Any(other => IsSameText(other, endpoint))
            ? list
            : Change(id, request, list, endpoint, IsSameText);

    // A container has one resource at one place.
    private static bool IsSame(MappedDir one, MappedDir other) => IsSamePath(one.ContainerPath, other.ContainerPath);

    private static bool IsSame(MappedPipe one, MappedPipe other) => IsSameText(one.ContainerPipeName, other.ContainerPipeName);

    private static bool IsSame(MappedVirtualDisk one, MappedVirtualDisk other) =>
        string.IsNullOrEmpty(other.ContainerPath)
            ? string.Equals(one.HostPath, other.HostPath, s_pathComparison)
            : IsSamePath(one.ContainerPath, other.ContainerPath);

    private static bool IsSamePath(string? one, string? other) => string.Equals(
        ContainerPath.ToNative(one ?? string.Empty), ContainerPath.ToNative(other ?? string.Empty), s_pathComparison);

    private static bool IsSameText(string? one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static void RequireHostPath(string id, ResourceRequest request, string? path)
    {
        if (request.Type == ChangeType.Add && !Directory.Exists(path) && !File.Exists(path))
        {
            throw Refusal.PathNotFound(id, ResourceChange.Function, "Settings.HostPath", path!);
        }
    }
}
