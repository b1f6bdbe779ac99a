using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// Finds the networks or endpoints that a command receives. Each one that is not there is an error, and the command
/// continues with the others.
/// </summary>
/// <param name="cmdlet">The command.</param>
/// <param name="verb">The verb for messages, as in "Cannot {remove} network 'nat'".</param>
internal sealed class NetworkTargets<T>(HcsCommand cmdlet, string verb)
    where T : HostComputeObject
{
    private static readonly string s_kind = typeof(T) == typeof(HostComputeEndpoint) ? "endpoint" : "network";

    /// <summary>Reads what objects stand for.</summary>
    /// <param name="objects">The objects, with their guids.</param>
    public IEnumerable<(HcsHost Host, T Document)> FromObjects(IEnumerable<(HcsOutput Value, Guid Id)> objects) =>
        objects.SelectMany(given =>
        {
            string id = given.Id.ToString();
            string attempt = $"{verb} {s_kind} '{given.Value}'";
            return cmdlet.MayUse(given.Value.Host, attempt, given.Value, $"-Name {TypedLine.Quote(id)}", $"Get-Hcs{s_kind}")
                ? Select(attempt, given.Value, () => cmdlet.RequireHere(given.Value.Host), [id])
                : [];
        });

    /// <summary>Finds names, patterns and guids on the host of the command.</summary>
    public IEnumerable<(HcsHost Host, T Document)> FromNames(string[] names) =>
        Select($"{verb} {s_kind} '{string.Join("', '", names)}'", names, cmdlet.ResolveHost, names);

    private List<(HcsHost Host, T Document)> Select(string attempt, object target, Func<HcsHost> host, string[] names)
    {
        List<(HcsHost, T)> found = [];
        List<ErrorRecord> missing = [];
        cmdlet.GuardWithin(attempt, target, deadline =>
        {
            HcsHost home = host();
            cmdlet.Await(ReadAsync(home, names, found, missing, deadline));
        });
        missing.ForEach(cmdlet.WriteError);
        return found;
    }

    private async Task<bool> ReadAsync(
        HcsHost host, string[] names, List<(HcsHost, T)> found, List<ErrorRecord> missing, Deadline deadline)
    {
        await new NetworkSelection<T>(host, names, []) { IsDetailed = true }.ReadAsync(
            one =>
            {
                found.Add((host, one));
                return Task.CompletedTask;
            },
            (name, refusal) => missing.Add(HcsErrors.From(refusal, $"{verb} {s_kind} '{name}'", name)),
            deadline).ConfigureAwait(false);
        return true;
    }
}
