using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Targets;

/// <summary>The networks or endpoints that a user names, by their names, patterns or guids; all of them without a name.</summary>
internal sealed class NetworkSelection<T>
    where T : HostComputeObject
{
    private readonly HcsHost _host;
    private readonly Guid[] _ids;
    private readonly string[] _names;
    private readonly WildcardPattern[] _patterns;

    public NetworkSelection(HcsHost host, IEnumerable<string> names, IEnumerable<Guid> ids)
    {
        _host = host;
        ILookup<bool, string> isId = names.ToLookup(name => Guid.TryParse(name, out _));
        _ids = [.. ids.Concat(isId[true].Select(Guid.Parse)).Distinct()];
        _names = [.. isId[false].Where(name => IdPattern.Parse(name) is null)];
        _patterns = [.. isId[false].Select(IdPattern.Parse).OfType<WildcardPattern>()];
    }

    /// <summary>True to read what the service tells on demand only.</summary>
    public bool IsDetailed { get; init; }

    /// <summary>A filter of the service for a list of all; null without one.</summary>
    public string? Filter { get; init; }

    private bool IsEverything => _ids.Length + _names.Length + _patterns.Length == 0;

    /// <summary>Reads the objects, each once, and passes each on as soon as it is read.</summary>
    /// <param name="use">Takes an object.</param>
    /// <param name="missing">Takes the refusal of a name or a guid that no object has, and the name.</param>
    /// <param name="deadline">The time limit.</param>
    public async Task ReadAsync(Func<T, Task> use, Action<string, NetworkException> missing, Deadline deadline)
    {
        HashSet<Guid> seen = [];
        HashSet<string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (Guid id in _ids)
        {
            if (await NetworkObjects.TryReadAsync<T>(_host, id, IsDetailed, deadline).ConfigureAwait(false) is { } one)
            {
                await TakeAsync(one).ConfigureAwait(false);
            }
            else
            {
                missing(id.ToString(), NetworkObjects.NotFound<T>(_host, id.ToString()));
            }
        }

        IEnumerable<string?> filters = [Filter];
        if (!IsEverything && _patterns.Length == 0)
        {
            filters = _names.Select(NetworkObjects.ByName);
        }

        foreach (string? filter in filters)
        {
            await NetworkObjects.ForEachAsync<T>(
                _host, filter, IsDetailed, one => IsNamed(one) ? TakeAsync(one) : Task.CompletedTask, deadline)
                .ConfigureAwait(false);
        }

        foreach (string name in _names.Where(name => !found.Contains(name)))
        {
            missing(name, NetworkObjects.NotFound<T>(_host, name));
        }

        async Task TakeAsync(T one)
        {
            found.Add(one.Name ?? string.Empty);
            if (seen.Add(one.Guid))
            {
                await use(one).ConfigureAwait(false);
            }
        }
    }

    private bool IsNamed(T one) =>
        IsEverything
        || _names.Contains(one.Name ?? string.Empty, StringComparer.OrdinalIgnoreCase)
        || _patterns.Any(pattern => pattern.IsMatch(one.Name ?? string.Empty));
}
