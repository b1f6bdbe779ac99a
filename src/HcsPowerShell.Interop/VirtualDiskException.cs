using System;

namespace HcsPowerShell.Interop;

/// <summary>A virtual disk whose parents cannot be told from its file. Nothing was changed.</summary>
public sealed class VirtualDiskException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The reason.</param>
    /// <param name="path">The file that has it.</param>
    /// <param name="message">The reason in a sentence.</param>
    /// <param name="inner">The exception that caused this one, if any.</param>
    public VirtualDiskException(VirtualDiskProblem problem, string path, string message, Exception? inner = null)
        : base(message, inner)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>The reason.</summary>
    public VirtualDiskProblem Problem { get; }

    /// <summary>The file that has the problem.</summary>
    public string Path { get; }
}

/// <summary>The reasons why the parents of a virtual disk cannot be told.</summary>
public enum VirtualDiskProblem
{
    /// <summary>The file does not exist.</summary>
    NotFound,

    /// <summary>The file is damaged, or says what no virtual disk says.</summary>
    Unreadable,

    /// <summary>The parent does not exist.</summary>
    ParentMissing,

    /// <summary>The parent is on another computer or no virtual disk, so that the file must not choose it.</summary>
    ParentRefused,

    /// <summary>A disk is its own parent, or has too many.</summary>
    ChainLoop,
}
