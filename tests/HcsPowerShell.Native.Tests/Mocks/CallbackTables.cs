using System.Collections;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Native;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>Reads every callback table of the interop assembly.</summary>
internal static class CallbackTables
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    /// <summary>Counts the keys that are still held; each keeps its target alive.</summary>
    internal static int Targets() => typeof(IComputeService).Assembly.GetTypes()
        .Where(t => !t.ContainsGenericParameters)
        .SelectMany(t => t.GetFields(Hidden))
        .Where(f => f.IsStatic && f.FieldType.IsGenericType
            && f.FieldType.GetGenericTypeDefinition() == typeof(CallbackTable<>))
        .Select(f => (table: f.GetValue(null)!, targets: f.FieldType.GetField("_targets", Hidden)!))
        .Sum(f => ((ICollection)f.targets.GetValue(f.table)!).Count);
}
