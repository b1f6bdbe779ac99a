using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Documents;

/// <summary>Assembles the documents of a command that uses several hosts, each of which is given the whole input.</summary>
internal sealed class JsonLinesOfHosts
{
    private readonly Dictionary<string, JsonLines> _hosts = [];

    /// <summary>The text of a document that is not complete, once for all hosts; null when there is no such document.</summary>
    public string? Rest => _hosts.Values.Select(lines => lines.Rest).FirstOrDefault(text => text is not null);

    /// <summary>Takes one input object for a host; null stands for the host in use.</summary>
    public object? Take(HcsHost? host, object value)
    {
        string name = host?.Name ?? string.Empty;
        if (!_hosts.TryGetValue(name, out JsonLines? lines))
        {
            _hosts[name] = lines = new JsonLines();
        }

        return lines.Take(value);
    }
}
