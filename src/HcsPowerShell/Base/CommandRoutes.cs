using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// Divides the arguments and the input of a command among the hosts that they are for. What is for hosts behind sessions is
/// gathered until the end of the input, because a session does one thing at a time.
/// </summary>
/// <param name="cmdlet">The command.</param>
internal sealed class CommandRoutes(HcsCommand cmdlet)
{
    // The engine and the routing handle these.
    private static readonly HashSet<string> s_own = new(
        Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters).Concat(["HcsHost", "AsJob"]),
        StringComparer.OrdinalIgnoreCase);

    private readonly List<HostCall> _calls = [];
    private HashSet<string> _typed = [];
    private IReadOnlyList<HcsHost> _named = [];

    /// <summary>The commands for hosts behind sessions, in the order in which their hosts occurred.</summary>
    public IReadOnlyList<HostCall> Calls => _calls;

    private Dictionary<string, object?> Bound => cmdlet.MyInvocation.BoundParameters
        .Where(given => !s_own.Contains(given.Key))
        .ToDictionary(given => given.Key, given => (object?)given.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the command line. True when hosts of this process have a part in it.</summary>
    /// <param name="named">The hosts that the command names.</param>
    public bool Begin(IReadOnlyList<HcsHost> named)
    {
        _named = named;
        _typed = new HashSet<string>(cmdlet.MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        return !HcsHosts.HasReachedOut || Divide(Bound, refuse: null) is not { } parts || parts.Any(KeepIfHere);
    }

    /// <summary>
    /// Takes one input object, or the command line. True when hosts of this process have a part in it; the parameters of
    /// the command then hold only that part.
    /// </summary>
    public bool Take()
    {
        if (!HcsHosts.HasReachedOut || Divide(Bound, Refuse) is not { } parts)
        {
            return true;
        }

        foreach (HostPart part in parts.Where(part => part.Host is not null))
        {
            Gather(part.Host!, part.Values);
        }

        return parts.Any(KeepIfHere);
    }

    /// <summary>The parts of the hosts; null when all is for this process.</summary>
    private List<HostPart>? Divide(Dictionary<string, object?> bound, Action<object, HcsHost>? refuse)
    {
        string[] telling = [.. bound.Where(given => Items(given.Value).Any(item => HomeOf(item) is not null)).Select(given => given.Key)];
        if (!_named.Any(IsThere) && !telling.Any(name => Items(bound[name]).Any(item => IsThere(HomeOf(item)))))
        {
            return null;
        }

        string? target = telling.FirstOrDefault(IsFromPipeline) ?? telling.FirstOrDefault();
        if (target is null)
        {
            return [.. _named.Select(host => new HostPart(There(host), bound))];
        }

        List<(HcsHost? Host, List<object?> Items)> groups = [];
        foreach (object? item in Items(bound[target]))
        {
            HcsHost? home = HomeOf(item);
            if (home is not null && _named.Count > 0 && !_named.Any(host => IsSame(host, home)))
            {
                refuse?.Invoke(item!, home);
                continue;
            }

            IEnumerable<HcsHost?> owners = home is not null || _named.Count == 0
                ? [home] : _named.Cast<HcsHost?>();
            foreach (HcsHost? host in owners)
            {
                if (!groups.Any(group => IsSame(group.Host, host)))
                {
                    groups.Add((host, []));
                }

                groups.First(group => IsSame(group.Host, host)).Items.Add(item);
            }
        }

        return
        [
            .. groups
                .Where(group => IsAllOf(group.Host, telling.Where(name => name != target).SelectMany(name => Items(bound[name])), refuse))
                .GroupBy(group => There(group.Host)?.HostInstance)
                .Select(same => new HostPart(
                    There(same.First().Host),
                    new(bound, StringComparer.OrdinalIgnoreCase)
                    {
                        [target] = Like(bound[target], [.. same.SelectMany(group => group.Items)]),
                    })),
        ];
    }

    // A mounted layer or a network of one host is none of another.
    private static bool IsAllOf(HcsHost? host, IEnumerable<object?> others, Action<object, HcsHost>? refuse)
    {
        foreach (object? other in others)
        {
            if (HomeOf(other) is { } home && (IsThere(home) || IsThere(host)) && !IsSame(home, host))
            {
                refuse?.Invoke(other!, home);
                return false;
            }
        }

        return true;
    }

    private void Gather(HcsHost host, Dictionary<string, object?> values)
    {
        HostCall? call = _calls.FirstOrDefault(call => IsSame(call.Host, host));
        if (call is null)
        {
            call = new HostCall(
                host,
                values.Where(given => _typed.Contains(given.Key)).ToDictionary(given => given.Key, given => SentValue.Of(given.Value)));
            if (_named.Any(named => IsSame(named, host)))
            {
                call.Arguments["HcsHost"] = SentValue.Of(host);
            }

            _calls.Add(call);
        }

        KeyValuePair<string, object?>[] piped = [.. values.Where(given => !_typed.Contains(given.Key))];
        if (piped.Length == 1 && IsFromPipeline(piped[0].Key))
        {
            call.Input.AddRange(Items(piped[0].Value).Select(item => SentValue.Of(item)!));
        }
        else if (piped.Length > 0)
        {
            call.Input.Add(SentValue.Row(piped));
        }
    }

    private bool KeepIfHere(HostPart part)
    {
        foreach (KeyValuePair<string, object?> given in part.Host is null ? part.Values : [])
        {
            if (Items(given.Value).Count() != Items(cmdlet.MyInvocation.BoundParameters[given.Key]).Count())
            {
                cmdlet.GetType().GetProperty(given.Key)!.SetValue(cmdlet, given.Value);
            }
        }

        return part.Host is null;
    }

    private void Refuse(object item, HcsHost home)
    {
        string attempt = $"run {cmdlet.MyInvocation.MyCommand.Name}";
        cmdlet.Guard(attempt, item, () => throw new HostMismatchException(
            $"Cannot {attempt}: '{item}' lives on host '{home}'"
            + (_named.Count > 0 ? $", not on '{string.Join("', '", _named)}'." : ", and the rest lives on another host.")));
    }

    private bool IsFromPipeline(string name) => cmdlet.GetType().GetProperty(name)?
        .GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.ValueFromPipeline) == true;

    private static HcsHost? HomeOf(object? item) => item.Unwrap() switch
    {
        HcsOutput output => output.Host,
        string id => NamedObject.Of(id)?.Host,
        _ when item is PSObject signs && signs.TypeNames[0].StartsWith("Deserialized.HcsPowerShell.Hcs", StringComparison.Ordinal) =>
            Origin.Of(signs, engine: null),
        _ => null,
    };

    private static HcsHost? There(HcsHost? host) => IsThere(host) ? host : null;

    private static bool IsThere(HcsHost? host) => host is { Kind: HostKind.Remote };

    private static bool IsSame(HcsHost? one, HcsHost? other) => one?.HostInstance == other?.HostInstance;

    private static IEnumerable<object?> Items(object? value) => value.Unwrap() switch
    {
        byte[] => [value],
        IList list => list.Cast<object?>(),
        _ => [value],
    };

    private static object? Like(object? value, List<object?> items)
    {
        if (value.Unwrap() is not Array list)
        {
            return items[0];
        }

        var some = Array.CreateInstance(list.GetType().GetElementType()!, items.Count);
        ((IList)items).CopyTo(some, 0);
        return some;
    }

    /// <summary>The arguments and the input for one host.</summary>
    /// <param name="Host">The host behind a session; null for the hosts of this process.</param>
    /// <param name="Values">The values of the parameters.</param>
    private sealed record HostPart(HcsHost? Host, Dictionary<string, object?> Values);
}
