using System;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Reads the requests that change an object.</summary>
internal static class NetworkModification
{
    /// <summary>Requires that the request is for that part of the object.</summary>
    /// <exception cref="HcsException">It is for another one.</exception>
    public static void RequirePart(string function, ModifyNetworkSettingRequest request, string part)
    {
        if (!part.Equals(request.ResourceType, StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported(function, $"ResourceType: isolation Oci changes {part}, not '{request.ResourceType}'.");
        }
    }

    /// <summary>Reads the policies in a request of the part Policy.</summary>
    /// <exception cref="HcsException">It is for another part, or unreadable.</exception>
    public static HostComputePolicy[]? Policies(string function, ModifyNetworkSettingRequest request)
    {
        RequirePart(function, request, "Policy");
        return Settings<HostComputeEndpoint>(function, request).Policies;
    }

    /// <exception cref="HcsException">The settings are unreadable.</exception>
    public static T Settings<T>(string function, ModifyNetworkSettingRequest request)
        where T : HcsDocument
    {
        try
        {
            return HcsJson.Read<T>(request.Settings?.Text ?? "{}");
        }
        catch (HcsDocumentException e)
        {
            throw Refusal.Refused(function, HResult.InvalidNetworkJson, $"Settings: {e.Message}", e);
        }
    }

    public static HcsException Unsupported(string function, string message) =>
        Refusal.Refused(function, HResult.NetworkRequestUnsupported, message);
}
