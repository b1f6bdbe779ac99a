using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace HcsPowerShell.Contract.Counting;

/// <summary>One interface with those of a type, for a proxy can only be given one.</summary>
internal static class AllInterfaces
{
    private static readonly ConcurrentDictionary<Type, Type> s_made = new();

    public static Type Of(Type type) => s_made.GetOrAdd(type, Make);

    private static Type Make(Type type)
    {
        Type[] all = [.. type.GetInterfaces().Where(one => one.IsVisible)];
        return AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Interfaces of " + type.Name), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Interfaces")
            .DefineType("IAll", TypeAttributes.Public | TypeAttributes.Interface | TypeAttributes.Abstract, null, all)
            .CreateType();
    }
}
