using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace HcsPowerShell.Contract.Counting;

/// <summary>Combines all interfaces of a type in one interface, because a proxy takes only one.</summary>
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
