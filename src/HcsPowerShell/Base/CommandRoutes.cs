using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// Divides the arguments and the input of a command among the hosts that they are for. What is for a host behind a session
/// is gathered for one command there.
/// </summary>
/// <param name="cmdlet">The command.</param>
internal sealed class CommandRoutes(HcsCommand cmdlet)
{
    // The engine and the routing handle these.
    private static readonly HashSet<string> s_own = new(
        Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters).Concat(["HcsHost", "AsJob"]),
        StringComparer.OrdinalIgnoreCase);

    private readonly List<HostCall> _calls = [];
    private readonly HashSet<string> _divided = [];
    private HashSet<string> _typed = [];
    private IReadOnlyList<HcsHost> _named = [];
    private bool _hasTaken;
    private bool _isLineChecked;

    /// <summary>The commands for hosts behind sessions, in the order in which their hosts occurred.</summary>
    public IReadOnlyList<HostCall> Calls => _calls;

    /// <summary>
    /// True for a command that addresses another computer, by its arguments or by its first input object: a table cannot
    /// get a column later.
    /// </summary>
    public bool ReachesOut { get; private set; }

    private Dictionary<string, object?> Bound => cmdlet.MyInvocation.BoundParameters
        .Where(given => !s_own.Contains(given.Key))
        .ToDictionary(given => given.Key, given => (object?)given.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the command line. True when hosts of this process have a part in it.</summary>
    /// <param name="named">The hosts that the command names.</param>
    public bool Begin(IReadOnlyList<HcsHost> named)
    {
        _named = named;
        _typed = new HashSet<string>(cmdlet.MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        if (IsAllHere || Divide(Bound, refuse: null) is not { } parts)
        {
            return true;
        }

        ReachesOut = parts.Any(part => IsThere(part.Host));
        return parts.Any(part => !IsThere(part.Host));
    }

    /// <summary>
    /// Divides the command line without input, for a command that begins with all its targets. For each host of this process
    /// that has a part in it, the parameters hold that part when the host is returned, as with <see cref="Take"/>.
    /// </summary>
    public IEnumerable<HcsHost?> OfLine()
    {
        if (DivideOrRefuse() is not { } parts)
        {
            yield return null;
            yield break;
        }

        foreach (HostPart part in parts.Where(part => !IsThere(part.Host)))
        {
            Keep(part);
            yield return part.Host;
        }
    }

    /// <summary>
    /// Takes one input object, or the command line. For each host of this process that has a part in it, the parameters of
    /// the command hold that part when the host is returned; null stands for the host that the command names or uses.
    /// </summary>
    public IEnumerable<HcsHost?> Take()
    {
        bool isFirst = !_hasTaken;
        _hasTaken = true;
        if (DivideOrRefuse() is not { } parts)
        {
            yield return null;
            yield break;
        }

        ReachesOut |= isFirst && parts.Any(part => IsThere(part.Host));
        GatherThere(parts);
        IEnumerable<HostPart> here = parts.Where(part => !IsThere(part.Host));
        foreach (HostPart part in cmdlet.SharesInput ? here.Take(1) : here)
        {
            if (!cmdlet.SharesInput)
            {
                Keep(part);
            }

            yield return part.Host;
        }
    }

    /// <summary>
    /// Takes the command line of a command that has got no input. True when hosts behind sessions have a part in it.
    /// </summary>
    public bool TakeLine()
    {
        if (_hasTaken || DivideOrRefuse() is not { } parts)
        {
            return false;
        }

        GatherThere(parts);
        return _calls.Count > 0;
    }

    /// <summary>The parts of the hosts, after errors for the objects of others; null when all is for this process.</summary>
    private List<HostPart>? DivideOrRefuse()
    {
        List<HostPart>? parts = IsAllHere ? null : Divide(Bound, Refuse);
        _isLineChecked = true;
        return parts;
    }

    /// <summary>The parts of the hosts; null when all is for this process.</summary>
    private List<HostPart>? Divide(Dictionary<string, object?> bound, Action<string, object, HcsHost>? refuse)
    {
        string[] telling = [.. bound.Where(given => Items(given.Value).Any(item => HomeOf(item) is not null)).Select(given => given.Key)];
        if (!_named.Any(IsThere) && !IsDividedHere && !telling.Any(name => Items(bound[name]).Any(item => IsThere(HomeOf(item)))))
        {
            return null;
        }

        string? target = telling.FirstOrDefault(IsFromPipeline) ?? telling.FirstOrDefault();
        if (target is null)
        {
            return [.. _named.Select(host => new HostPart(Part(host), bound))];
        }

        List<(HcsHost? Host, List<object?> Items)> groups = [];
        foreach (object? item in Items(bound[target]))
        {
            HcsHost? home = HomeOf(item);
            if (home is not null && _named.Count > 0 && !_named.Any(host => IsSame(host, home)))
            {
                refuse?.Invoke(target, item!, home);
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
                .Where(group => IsAllOf(group.Host, telling.Where(name => name != target), bound, refuse))
                .GroupBy(group => Part(group.Host)?.HostInstance)
                .Select(same => new HostPart(
                    Part(same.First().Host),
                    new(bound, StringComparer.OrdinalIgnoreCase)
                    {
                        [target] = Like(bound[target], [.. same.SelectMany(group => group.Items)]),
                    })),
        ];
    }

    // A mounted layer or a network of one host is none of another.
    private bool IsAllOf(
        HcsHost? host, IEnumerable<string> others, Dictionary<string, object?> bound, Action<string, object, HcsHost>? refuse)
    {
        foreach ((string name, object? other) in others.SelectMany(name => Items(bound[name]).Select(item => (name, item))))
        {
            if (HomeOf(other) is { } home && (IsThere(home) || IsThere(host) || IsDividedHere) && !IsSame(home, host))
            {
                refuse?.Invoke(name, other!, home);
                return false;
            }
        }

        return true;
    }

    private void GatherThere(IEnumerable<HostPart> parts)
    {
        foreach (HostPart part in parts.Where(part => IsThere(part.Host)))
        {
            Gather(part.Host!, part.Values);
        }
    }

    private void Gather(HcsHost host, Dictionary<string, object?> values)
    {
        HostCall? call = _calls.FirstOrDefault(call => IsSame(call.Host, host));
        if (call is null)
        {
            call = new HostCall(
                host,
                cmdlet.MyInvocation.MyCommand.Name,
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
            call.Gather(Items(piped[0].Value).Select(item => SentValue.Of(item)!));
        }
        else if (piped.Length > 0)
        {
            call.Gather([SentValue.Row(piped)]);
        }
    }

    // What was divided once holds the part of another host.
    private void Keep(HostPart part)
    {
        foreach (KeyValuePair<string, object?> given in part.Values)
        {
            if (_divided.Contains(given.Key)
                || Items(given.Value).Count() != Items(cmdlet.MyInvocation.BoundParameters[given.Key]).Count())
            {
                _divided.Add(given.Key);
                cmdlet.GetType().GetProperty(given.Key)!.SetValue(cmdlet, given.Value);
            }
        }
    }

    // The input of a command that shares it is no target, so that a wrong argument is one error for all of it.
    private void Refuse(string parameter, object item, HcsHost home)
    {
        if (cmdlet.SharesInput && _isLineChecked && _typed.Contains(parameter))
        {
            return;
        }

        string attempt = $"run {cmdlet.MyInvocation.MyCommand.Name}";
        cmdlet.Guard(attempt, item, () => throw new HostMismatchException(
            $"Cannot {attempt}: {NamedObject.Shown(item)} lives on host {Place(home)}"
            + (_named.Count > 0 ? $", not on {string.Join(", ", _named.Select(Place))}." : ", and the rest lives on another host.")));
    }

    private static string Place(HcsHost host) => host.Name.Equals(host.ComputerName, StringComparison.OrdinalIgnoreCase)
        ? $"'{host}'"
        : $"'{host}' of computer '{host.ComputerName}'";

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

    // Where no other computer was ever reached, no object can be from one.
    private bool IsAllHere => !HcsHosts.HasReachedOut && !IsDividedHere;

    // Several hosts of this process have a part each. What names no host is for the one that the command uses.
    private bool IsDividedHere => _named.Count(host => !IsThere(host)) > 1;

    private HcsHost? Part(HcsHost? host) => IsThere(host) || IsDividedHere ? host : null;

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
