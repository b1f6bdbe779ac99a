using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Hosts;

/// <summary>Closes a handle whose use is over: one that cannot be closed takes nothing away from what it has told.</summary>
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
            // Nobody asked for the close, so nobody could do anything about it.
        }
    }
}
