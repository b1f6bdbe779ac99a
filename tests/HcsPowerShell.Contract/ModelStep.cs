using System;

namespace HcsPowerShell.Contract;

/// <summary>One step of a random sequence: its kind, and the one of two handles that it uses.</summary>
/// <param name="Kind">The kind of step.</param>
/// <param name="Handle">The handle that the step uses; an opening replaces it.</param>
internal sealed record ModelStep(ModelStepKind Kind, int Handle)
{
    /// <summary>The command that a user would type for the step; handles are objects there too.</summary>
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
    /// <summary>Creates a system with the id of the sequence.</summary>
    Create,

    /// <summary>Opens the system.</summary>
    Open,

    /// <summary>Starts the system.</summary>
    Start,

    /// <summary>Pauses the system.</summary>
    Pause,

    /// <summary>Resumes the system.</summary>
    Resume,

    /// <summary>Shuts the system down, and waits for the exit.</summary>
    Shutdown,

    /// <summary>Terminates the system, and waits for the exit.</summary>
    Terminate,

    /// <summary>Starts a process and kills it.</summary>
    Process,

    /// <summary>Reads the state of the system.</summary>
    State,

    /// <summary>Looks for the system in the list.</summary>
    List,

    /// <summary>Closes the handle.</summary>
    Close,
}
