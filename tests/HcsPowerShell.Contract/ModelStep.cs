using System;

namespace HcsPowerShell.Contract;

/// <summary>One step of a random sequence: what is done, and with which of two handles.</summary>
/// <param name="Kind">What.</param>
/// <param name="Handle">The handle it is done with; an opening replaces it.</param>
internal sealed record ModelStep(ModelStepKind Kind, int Handle)
{
    /// <summary>The command a person types for it; handles are objects there too.</summary>
    public string Script => Kind switch
    {
        ModelStepKind.Create => $"$h{Handle} = New-HcsContainer model",
        ModelStepKind.Open => $"$h{Handle} = Get-HcsContainer model",
        ModelStepKind.Start => $"Start-HcsContainer $h{Handle}",
        ModelStepKind.Pause => $"Suspend-HcsContainer $h{Handle}",
        ModelStepKind.Resume => $"Resume-HcsContainer $h{Handle}",
        ModelStepKind.Shutdown => $"Stop-HcsContainer $h{Handle}",
        ModelStepKind.Terminate => $"Stop-HcsContainer $h{Handle} -Force",
        ModelStepKind.Process => $"Start-HcsProcess $h{Handle} 'sleep 100' | Stop-HcsProcess",
        ModelStepKind.State => $"(Get-HcsContainer $h{Handle}.Id).State",
        ModelStepKind.List => "Get-HcsContainer",
        ModelStepKind.Close => $"Close-HcsContainer $h{Handle}",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind)),
    };
}

/// <summary>The kinds of steps.</summary>
internal enum ModelStepKind
{
    /// <summary>Creates a system of the one id.</summary>
    Create,

    /// <summary>Opens it.</summary>
    Open,

    /// <summary>Starts it.</summary>
    Start,

    /// <summary>Pauses it.</summary>
    Pause,

    /// <summary>Resumes it.</summary>
    Resume,

    /// <summary>Shuts it down, and waits for the exit.</summary>
    Shutdown,

    /// <summary>Ends it, and waits for the exit.</summary>
    Terminate,

    /// <summary>Starts a process and kills it.</summary>
    Process,

    /// <summary>Asks for its state.</summary>
    State,

    /// <summary>Looks for it in the list.</summary>
    List,

    /// <summary>Closes the handle.</summary>
    Close,
}
