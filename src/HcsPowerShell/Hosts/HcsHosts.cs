using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Local;

namespace HcsPowerShell.Hosts;

/// <summary>The hosts of this process, and which of them each runspace has chosen.</summary>
internal static class HcsHosts
{
    private static readonly ConcurrentDictionary<string, HcsHost> s_hosts = new(StringComparer.OrdinalIgnoreCase);
    private static readonly ConditionalWeakTable<Runspace, HcsHost> s_choices = new();
    private static readonly object s_gate = new();
    private static HcsHost? s_lastChoice;
    private static bool s_defaultAnnounced;

    /// <summary>The hosts that exist now.</summary>
    public static IReadOnlyList<HcsHost> All => [.. s_hosts.Values.OrderBy(h => h.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The host by name, or null. The two that need no Connect-HcsHost are always there.</summary>
    public static HcsHost? Find(string name) =>
        s_hosts.TryGetValue(name, out HcsHost? host) ? host
        : KindOf(name) is { } kind ? OfKind(kind)
        : null;

    /// <summary>The host of this kind and name; made when there is none.</summary>
    public static HcsHost GetOrAdd(HostKind kind, string name, LocalApi api = LocalApi.Automatic)
    {
        lock (s_gate)
        {
            return s_hosts.GetOrAdd(name, _ => new HcsHost(name, kind, HostComposition.Create(kind, api)));
        }
    }

    /// <summary>Makes a host the choice of this runspace, and of runspaces that have not chosen.</summary>
    public static void Choose(HcsHost host)
    {
        lock (s_gate)
        {
            s_lastChoice = host;
            s_choices.Remove(Runspace.DefaultRunspace);
            s_choices.Add(Runspace.DefaultRunspace, host);
        }
    }

    /// <summary>Ends a host; runspaces that had chosen it are back at the default.</summary>
    public static void Remove(HcsHost host)
    {
        lock (s_gate)
        {
            s_hosts.TryRemove(host.Name, out _);
            s_lastChoice = s_lastChoice == host ? null : s_lastChoice;
        }

        host.Close();
    }

    /// <summary>The host a command uses that names none.</summary>
    /// <param name="announce">Told once in a process when the embedded host was nobody's choice.</param>
    /// <exception cref="HostNotFoundException"><c>HCS_HOST</c> holds neither <c>embedded</c> nor <c>local</c>.</exception>
    public static HcsHost Current(Action<HcsHost> announce)
    {
        lock (s_gate)
        {
            if (s_choices.TryGetValue(Runspace.DefaultRunspace, out HcsHost? chosen) && !chosen.IsClosed)
            {
                return chosen;
            }

            if (s_lastChoice is { } last)
            {
                return last;
            }

            string? variable = Environment.GetEnvironmentVariable("HCS_HOST");
            HcsHost host = string.IsNullOrEmpty(variable) ? PlatformDefault() : FromVariable(variable!);
            if (string.IsNullOrEmpty(variable) && host.Kind == HostKind.Embedded && !s_defaultAnnounced)
            {
                s_defaultAnnounced = true;
                announce(host);
            }

            return host;
        }
    }

    private static HcsHost PlatformDefault() =>
        OfKind(Environment.OSVersion.Platform == PlatformID.Win32NT ? HostKind.Local : HostKind.Embedded);

    private static HcsHost FromVariable(string value) =>
        KindOf(value) is { } kind
            ? OfKind(kind)
            : throw new HostNotFoundException(
                $"The environment variable HCS_HOST is '{value}'; valid values are 'embedded' and 'local'.");

    // Enum.Parse would take numbers and lists as well.
    private static HostKind? KindOf(string name) =>
        name.Equals(nameof(HostKind.Embedded), StringComparison.OrdinalIgnoreCase) ? HostKind.Embedded
        : name.Equals(nameof(HostKind.Local), StringComparison.OrdinalIgnoreCase) ? HostKind.Local
        : null;

    private static HcsHost OfKind(HostKind kind) => GetOrAdd(kind, HcsHost.DefaultName(kind));
}
