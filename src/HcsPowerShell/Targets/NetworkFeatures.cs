using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>The features of the Host Network Service of a host, by its version (hcsshim <c>HNSVersion</c>).</summary>
internal static class NetworkFeatures
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    // The versions that hcsshim asks for.
    private static readonly Dictionary<string, Version> s_policies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RemoteSubnetRoute"] = new(9, 2),
        ["HostRoute"] = new(9, 2),
        ["VxlanPort"] = new(10, 3),
        ["SetPolicy"] = new(13, 0),
        ["L4WFPPROXY"] = new(13, 2),
        ["TierAcl"] = new(14, 0),
        ["NetworkACL"] = new(15, 0),
    };

    /// <summary>The version of the service; null when there is none, or it does not tell.</summary>
    public static async Task<Version?> TryReadVersionAsync(HcsHost host, Deadline deadline)
    {
        try
        {
            return await host.Service.Networks.GetVersionAsync(deadline.AtMost(s_limit)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HcsException or HcsDocumentException)
        {
            return null;
        }
    }

    /// <summary>A refusal of a type of policy, with the version that it needs and that of the service.</summary>
    public static async Task<ExplainedException> ExplainAsync(
        HcsHost host, HcsException refusal, IEnumerable<HostComputePolicy?>? policies, Deadline deadline)
    {
        string[] types = [.. (policies ?? []).Select(policy => policy?.Type).OfType<string>().Distinct()];
        Version? version = await TryReadVersionAsync(host, deadline).ConfigureAwait(false);
        string[] lacks =
        [
            .. types.Where(type => s_policies.TryGetValue(type, out Version since) && (version is null || since > version))
                .Select(type => $"{type} needs version {s_policies[type]}"),
        ];
        string has = version is null ? "its version is not known" : $"it has version {version}";
        return new(refusal, lacks.Length > 0
            ? $"{string.Join(", ", lacks)} of the network service; {has}."
            : $"The policies are {string.Join(", ", types)}. As for the network service, {has}.");
    }
}
