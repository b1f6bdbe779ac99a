using HcsPowerShell.Interop.Native;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>How an operation ended.</summary>
internal readonly record struct OperationResult(int HResult, string? Document, HCS_PROCESS_INFORMATION Process);
