using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Hosts;

/// <summary>
/// Closes a handle that is no longer used. A failure to close it does not affect the results that the handle has given.
/// </summary>
internal static class UnreportedClose
{
    public static void Run(Action close)
    {
        try
        {
            close();
        }
        catch (HcsException)
        {
            // The user did not ask for the close, and could do nothing about the failure.
        }
    }
}
