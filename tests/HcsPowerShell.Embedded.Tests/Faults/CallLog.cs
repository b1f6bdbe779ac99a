using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>The calls that came through, in order.</summary>
internal sealed class CallLog
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public void Add(string call) => Calls.Enqueue(call);

    public Task<T> Do<T>(string call, T result)
    {
        Add(call);
        return Task.FromResult(result);
    }
}
