using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Interop.Local;

/// <summary>Remembers which library a system is operated through, for as long as it is known to exist.</summary>
internal sealed class SystemLibraries
{
    private readonly ConcurrentDictionary<string, LocalApi> _libraries = new(StringComparer.OrdinalIgnoreCase);

    internal LocalApi? Of(string id) => _libraries.TryGetValue(id, out LocalApi library) ? library : null;

    internal void Remember(string id, LocalApi library) => _libraries[id] = library;

    internal void Forget(string id) => _libraries.TryRemove(id, out _);

    /// <summary>
    /// Forgets the library when the system has exited: the id may then be used again, through the other library.
    /// </summary>
    internal void ForgetAfterExit(string id, Task exited) => exited.ContinueWith(
        (_, forgotten) => Forget((string)forgotten!),
        id,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
