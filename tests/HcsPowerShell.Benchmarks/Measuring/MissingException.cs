using System;

namespace HcsPowerShell.Benchmarks.Measuring;

/// <summary>The machine lacks what a figure needs; the message names it.</summary>
internal sealed class MissingException(string message) : Exception(message);
