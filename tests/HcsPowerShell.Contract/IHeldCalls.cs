using System;

namespace HcsPowerShell.Contract;

/// <summary>Calls of one operation that the host keeps from ending. Disposing of it lets them go on.</summary>
public interface IHeldCalls : IDisposable
{
    /// <summary>Calls that have begun in the host itself and have not ended there, whoever still waits for them.</summary>
    int AtWork { get; }

    /// <summary>
    /// True once the calls that were let go have ended in the host, and what they gave has been undone there: a system or
    /// process ended, a handle closed.
    /// </summary>
    bool AreUndone { get; }
}
