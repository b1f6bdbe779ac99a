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

/// <summary>The hosts of this process, and the host that each runspace has chosen.</summary>
internal static class HcsHosts
{
    private static readonly ConcurrentDictionary<string, HcsHost> s_hosts = new(StringComparer.OrdinalIgnoreCase);
    private static readonly ConcurrentDictionary<Guid, bool> s_ended = new();
    private static readonly ConditionalWeakTable<Runspace, HcsHost> s_choices = new();
    private static readonly object s_gate = new();
    private static HcsHost? s_lastChoice;
    private static bool s_defaultAnnounced;

    /// <summary>The version of this module.</summary>
    public static Version? ModuleVersion { get; } = typeof(HcsHosts).Assembly.GetName().Version is { } version
        ? new Version(version.Major, version.Minor, version.Build)
        : null;

    /// <summary>The hosts that exist now.</summary>
    public static IReadOnlyList<HcsHost> All => [.. s_hosts.Values.OrderBy(h => h.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>
    /// The host with this name, or null. The hosts <c>local</c> and <c>embedded</c> need no Connect-HcsHost.
    /// </summary>
    public static HcsHost? Find(string name) =>
        s_hosts.TryGetValue(name, out HcsHost? host) ? host
        : KindOf(name) is { } kind ? OfKind(kind)
        : null;

    /// <summary>The host with this name, which must exist.</summary>
    /// <exception cref="HostNotFoundException">No host has this name.</exception>
    public static HcsHost Require(string name) => Find(name) ?? throw new HostNotFoundException(
        $"There is no host '{name}'. Get-HcsHost -All lists the hosts; Connect-HcsHost makes one.");

    /// <summary>
    /// The same for a command line, which may only be completed: a host that does not exist yet exists once a command
    /// uses it.
    /// </summary>
    /// <exception cref="HostNotFoundException">No host has this name.</exception>
    public static HcsHost Named(string name) =>
        s_hosts.TryGetValue(name, out HcsHost? host) ? host
        : KindOf(name) is { } kind
            ? new HcsHost(HcsHost.DefaultName(kind), kind, HostComposition.Create(kind, LocalApi.Automatic, EmbeddedIsolation.Best))
            {
                IsUnused = true,
            }
        : Require(name);

    /// <summary>The host that a command uses. One that was only named exists from now on.</summary>
    public static HcsHost Use(HcsHost host)
    {
        if (!host.IsUnused)
        {
            return host;
        }

        lock (s_gate)
        {
            host.IsUnused = false;
            return s_hosts.GetOrAdd(host.Name, host);
        }
    }

    /// <summary>
    /// The host with this instance id, or null. When several hosts use the local service, the one with this name.
    /// </summary>
    public static HcsHost? Find(Guid instance, string name)
    {
        HcsHost[] all = [.. s_hosts.Values.Where(h => h.HostInstance == instance)];
        return all.FirstOrDefault(h => Is(h, name))
            ?? all.OrderBy(h => h.Kind).FirstOrDefault()
            ?? (instance == HcsHost.Machine && OfKind(HostKind.Local) is { Kind: HostKind.Local } local ? local : null);
    }

    /// <summary>True once this process has connected a host behind a session: only then can an object be of one.</summary>
    public static bool HasReachedOut { get; private set; }

    /// <summary>The connected host behind a session, or null.</summary>
    /// <param name="session">The instance id of the session.</param>
    public static HcsHost? Behind(Guid session) => s_hosts.Values.FirstOrDefault(h => h.Session?.InstanceId == session);

    /// <summary>
    /// Adds a host behind a session, and returns the host that stands for it from now on. A host with the same name is
    /// replaced when its session is not open any more.
    /// </summary>
    /// <exception cref="HostExistsException">
    /// The name belongs to another host, or another session leads to this host.
    /// </exception>
    public static HcsHost Add(HcsHost host)
    {
        lock (s_gate)
        {
            HcsHost? same = s_hosts.Values.FirstOrDefault(
                h => h.Session is { IsOpen: true } && h.HostInstance == host.HostInstance);
            if (same is not null)
            {
                return same.Session!.InstanceId == host.Session!.InstanceId && Is(same, host.Name) ? same
                    : throw new HostExistsException(
                        $"computer '{host.Session.Computer}' is connected already, as host '{same.Name}'.");
            }

            if (s_hosts.TryGetValue(host.Name, out HcsHost? named) && named.Session is not { IsOpen: false })
            {
                throw new HostExistsException($"there is a host '{host.Name}' already.");
            }

            HasReachedOut = true;
            return s_hosts[host.Name] = host;
        }
    }

    /// <summary>True for an embedded host of this process that has ended.</summary>
    public static bool HasEnded(Guid instance) => s_ended.ContainsKey(instance);

    /// <summary>The host of this kind and name; creates it when there is none.</summary>
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
    /// Ends a host; the task completes when the host has ended. This runspace returns to the default at once; other
    /// runspaces that used the host must choose one.
    /// </summary>
    public static Task RemoveAsync(HcsHost host)
    {
        lock (s_gate)
        {
            // Only this host is removed: another one may have taken the name since.
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

    /// <summary>The host for a command that names none. A runspace keeps the host that it used first.</summary>
    /// <param name="isDefault">
    /// True once in a process, when the embedded host is used because there is no other.
    /// </param>
    /// <exception cref="HostNotFoundException">
    /// <c>HCS_HOST</c> is neither <c>embedded</c> nor <c>local</c>, or another runspace has ended the host of this
    /// runspace. No other host replaces it, because a command for a test host must not reach the real one.
    /// </exception>
    public static HcsHost Current(out bool isDefault)
    {
        lock (s_gate)
        {
            isDefault = false;
            if (s_choices.TryGetValue(Runspace.DefaultRunspace, out HcsHost? chosen))
            {
                return !chosen.IsClosed ? chosen : throw new HostNotFoundException(
                    $"The host '{chosen.Name}' that this session used has been disconnected. Connect-HcsHost chooses another.");
            }

            HcsHost host = s_lastChoice ?? Default(out isDefault);
            s_choices.Add(Runspace.DefaultRunspace, host);
            return host;
        }
    }

    /// <summary>
    /// The host with this name, or the host for a command that names none, if it exists. Creates no embedded host,
    /// makes no choice and writes no warning.
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

    private static bool Is(HcsHost host, string name) => host.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    // The service of this Windows exists before its first use.
    private static HcsHost? IfThere(HostKind? kind) =>
        kind is null ? null
        : kind == HostKind.Local && IsWindows ? OfKind(HostKind.Local)
        : s_hosts.TryGetValue(HcsHost.DefaultName(kind.Value), out HcsHost? host) ? host
        : null;

    private static HcsHost Default(out bool isDefault)
    {
        HostKind kind = DefaultKind() ?? throw new HostNotFoundException(
            $"The environment variable HCS_HOST is '{Variable}'; valid values are 'embedded' and 'local'.");
        isDefault = Variable is null && kind == HostKind.Embedded && !s_defaultAnnounced;
        s_defaultAnnounced |= isDefault;
        return OfKind(kind);
    }

    private static bool IsWindows => Environment.OSVersion.Platform == PlatformID.Win32NT;

    private static string? Variable =>
        Environment.GetEnvironmentVariable("HCS_HOST") is { Length: > 0 } value ? value : null;

    /// <summary>The kind of the default host; null when <c>HCS_HOST</c> is wrong.</summary>
    private static HostKind? DefaultKind() =>
        Variable is { } value ? KindOf(value)
        : IsWindows ? HostKind.Local
        : HostKind.Embedded;

    // Enum.Parse would accept numbers and lists as well.
    private static HostKind? KindOf(string name) =>
        name.Equals(nameof(HostKind.Embedded), StringComparison.OrdinalIgnoreCase) ? HostKind.Embedded
        : name.Equals(nameof(HostKind.Local), StringComparison.OrdinalIgnoreCase) ? HostKind.Local
        : null;

    private static HcsHost OfKind(HostKind kind) => GetOrAdd(kind, HcsHost.DefaultName(kind));
}

/// <summary>A session leads to a host that this process has already, or its name belongs to another host.</summary>
internal sealed class HostExistsException(string message) : Exception(message);
