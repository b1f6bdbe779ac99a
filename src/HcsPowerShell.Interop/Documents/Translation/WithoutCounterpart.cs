using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents.Translation;

/// <summary>The members of schema 1 that a schema 2 container does not have.</summary>
internal static class WithoutCounterpart
{
    private const string Devices = "AssignedDevices";
    private const string NeedsVirtualMachine =
        "schema 2 describes the utility virtual machine as a system of its own, with the container hosted in it";

    internal static void Refuse(ContainerConfig config)
    {
        Refuse(
            IsSet(config.SystemType) && !string.Equals(config.SystemType, "Container", StringComparison.OrdinalIgnoreCase),
            nameof(config.SystemType),
            "only a container can be translated");
        Refuse(config.HvPartition, nameof(config.HvPartition), NeedsVirtualMachine);
        Refuse(config.HvRuntime is not null, nameof(config.HvRuntime), NeedsVirtualMachine);
        Refuse(
            config.IgnoreFlushesDuringBoot,
            nameof(config.IgnoreFlushesDuringBoot),
            "it is a setting of a disk of the utility virtual machine");
        Refuse(
            IsSet(config.LayerFolderPath),
            nameof(config.LayerFolderPath),
            "schema 2 knows the scratch by VolumePath alone");
        Refuse(
            IsSet(config.Credentials),
            nameof(config.Credentials),
            "schema 2 takes a credential guard instance, made beforehand, in Container.ContainerCredentialGuard");
        Refuse(
            config.StorageSandboxSize != 0, nameof(config.StorageSandboxSize), "expand the scratch beforehand");
        Refuse(
            config.EndpointList is { Length: > 0 },
            nameof(config.EndpointList),
            "put the endpoints into an HCN namespace, and its guid into Container.Networking.Namespace");
        Refuse(config.Servicing, nameof(config.Servicing), "schema 2 has no servicing boot");
        Refuse(
            IsSet(config.ContainerType)
                && !string.Equals(config.ContainerType, "Windows", StringComparison.OrdinalIgnoreCase),
            nameof(config.ContainerType),
            NeedsVirtualMachine);
        Refuse(
            config.MappedVirtualDisks is { Length: > 0 },
            nameof(config.MappedVirtualDisks),
            "attach the disk to the virtual machine, or mount it and map the folder");
        string? unknown = config.UnknownMembers?.Keys.FirstOrDefault(name => !IsDevices(name));
        Refuse(unknown is not null, unknown ?? string.Empty, "schema 1 of this module does not know it either");
    }

    /// <summary>Later versions of schema 1 have this member, with the same content as schema 2.</summary>
    internal static RawJson? AssignedDevices(ContainerConfig config)
    {
        foreach (KeyValuePair<string, JsonElement> member in config.UnknownMembers ?? [])
        {
            if (IsDevices(member.Key))
            {
                return new RawJson(member.Value.GetRawText());
            }
        }

        return null;
    }

    internal static void Refuse(bool isSet, string member, string reason)
    {
        if (isSet)
        {
            throw new HcsTranslationException(member, reason);
        }
    }

    private static bool IsDevices(string name) => string.Equals(name, Devices, StringComparison.OrdinalIgnoreCase);

    private static bool IsSet(string? text) => !string.IsNullOrEmpty(text);
}
