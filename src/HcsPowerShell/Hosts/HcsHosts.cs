using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Local;

namespace HcsPowerShell.Hosts;

/// <summary>The hosts of this process, and which of them each runspace has chosen.</summary>
internal static class HcsHosts
{
    private static readonly ConcurrentDictionary<string, HcsHost> s_hosts = new(StringComparer.OrdinalIgnoreCase);
    private static readonly ConcurrentDictionary<Guid, bool> s_ended = new();
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

    /// <summary>The host by name, which must exist.</summary>
    /// <exception cref="HostNotFoundException">It does not.</exception>
    public static HcsHost Require(string name) => Find(name) ?? throw new HostNotFoundException(
        $"There is no host '{name}'. Get-HcsHost -All lists the hosts; Connect-HcsHost makes one.");

    /// <summary>The host of an instance, or null; of several in front of the local service the one of that name.</summary>
    public static HcsHost? Find(Guid instance, string name)
    {
        HcsHost[] all = [.. s_hosts.Values.Where(h => h.HostInstance == instance)];
        return all.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault()
            ?? (instance == HcsHost.Machine && OfKind(HostKind.Local) is { Kind: HostKind.Local } local ? local : null);
    }

    /// <summary>True for an embedded host that this process had.</summary>
    public static bool HasEnded(Guid instance) => s_ended.ContainsKey(instance);

    /// <summary>The host of this kind and name; made when there is none.</summary>
    public static HcsHost GetOrAdd(
        HostKind kind, string name, LocalApi api = LocalApi.Automatic, EmbeddedIsolation isolation = EmbeddedIsolation.Best)
    {
        lock (s_gate)
        {
            return s_hosts.GetOrAdd(name, _ => new HcsHost(name, kind, HostComposition.Create(kind, api, isolation)));
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

    /// <summary>
    /// Ends a host; the task tells when it has ended. This runspace is back at the default at once; others that used it
    /// must choose.
    /// </summary>
    public static Task RemoveAsync(HcsHost host)
    {
        lock (s_gate)
        {
            // Only this host: another may have taken the name since.
            s_hosts.TryRemove(host.Name, host);
            s_lastChoice = s_lastChoice == host ? null : s_lastChoice;
            if (s_choices.TryGetValue(Runspace.DefaultRunspace, out HcsHost? chosen) && chosen == host)
            {
                s_choices.Remove(Runspace.DefaultRunspace);
            }
        }

        if (host.Kind == HostKind.Embedded)
        {
            s_ended[host.HostInstance] = true;
        }

        return host.CloseAsync();
    }

    /// <summary>The host a command uses that names none. A runspace keeps the one it has begun with.</summary>
    /// <param name="isNobodysChoice">True once in a process: the embedded host was taken for want of another.</param>
    /// <exception cref="HostNotFoundException">
    /// <c>HCS_HOST</c> holds neither <c>embedded</c> nor <c>local</c>, or another runspace has ended this one's host. It
    /// is not replaced by another: what was meant for a host to play with must not reach the real one.
    /// </exception>
    public static HcsHost Current(out bool isNobodysChoice)
    {
        lock (s_gate)
        {
            isNobodysChoice = false;
            if (s_choices.TryGetValue(Runspace.DefaultRunspace, out HcsHost? chosen))
            {
                return !chosen.IsClosed ? chosen : throw new HostNotFoundException(
                    $"The host '{chosen.Name}' that this session used has been disconnected. Connect-HcsHost chooses another.");
            }

            HcsHost host = s_lastChoice ?? Default(out isNobodysChoice);
            s_choices.Add(Runspace.DefaultRunspace, host);
            return host;
        }
    }

    /// <summary>
    /// The host of a name, or the one a command uses that names none, if it is there: none is made, begun with or announced.
    /// </summary>
    public static HcsHost? Peek(string? name = null)
    {
        lock (s_gate)
        {
            if (name is not null)
            {
                return s_hosts.TryGetValue(name, out HcsHost? named) ? named : IfThere(KindOf(name));
            }

            return s_choices.TryGetValue(Runspace.DefaultRunspace, out HcsHost? chosen) ? chosen
                : s_lastChoice ?? IfThere(DefaultKind());
        }
    }

    // The service of this Windows is there before anybody has used it.
    private static HcsHost? IfThere(HostKind? kind) =>
        kind is null ? null
        : kind == HostKind.Local && IsWindows ? OfKind(HostKind.Local)
        : s_hosts.TryGetValue(HcsHost.DefaultName(kind.Value), out HcsHost? host) ? host
        : null;

    private static HcsHost Default(out bool isNobodysChoice)
    {
        HostKind kind = DefaultKind() ?? throw new HostNotFoundException(
            $"The environment variable HCS_HOST is '{Variable}'; valid values are 'embedded' and 'local'.");
        isNobodysChoice = Variable is null && kind == HostKind.Embedded && !s_defaultAnnounced;
        s_defaultAnnounced |= isNobodysChoice;
        return OfKind(kind);
    }

    private static bool IsWindows => Environment.OSVersion.Platform == PlatformID.Win32NT;

    private static string? Variable =>
        Environment.GetEnvironmentVariable("HCS_HOST") is { Length: > 0 } value ? value : null;

    /// <summary>Null where <c>HCS_HOST</c> is wrong.</summary>
    private static HostKind? DefaultKind() =>
        Variable is { } value ? KindOf(value)
        : IsWindows ? HostKind.Local
        : HostKind.Embedded;

    // Enum.Parse would take numbers and lists as well.
    private static HostKind? KindOf(string name) =>
        name.Equals(nameof(HostKind.Embedded), StringComparison.OrdinalIgnoreCase) ? HostKind.Embedded
        : name.Equals(nameof(HostKind.Local), StringComparison.OrdinalIgnoreCase) ? HostKind.Local
        : null;

    private static HcsHost OfKind(HostKind kind) => GetOrAdd(kind, HcsHost.DefaultName(kind));
}
