using System;

namespace HcsPowerShell.Contract;

/// <summary>Calls of one operation that the host keeps from ending. Disposing the object releases them.</summary>
public interface IHeldCalls : IDisposable
{
    /// <summary>
    /// The number of calls that have begun in the host and not ended there, whether or not a caller still waits for
    /// them.
    /// </summary>
    int AtWork { get; }

    /// <summary>
    /// True once the released calls have ended in the host and their results are undone there: a system or process has
    /// ended, a handle is closed.
    /// </summary>
    bool AreUndone { get; }
}
