namespace CmEtl.Engine;

/// <summary>What a database role is for. The rights of each are the scripts in <c>sql/roles</c>.</summary>
public enum EtlRole
{
    /// <summary>Creates, upgrades and owns the ledger; has no rights on the data.</summary>
    Owner,

    /// <summary>Runs the pipeline.</summary>
    Worker,

    /// <summary>Looks at runs, stops them and releases marks; runs nothing.</summary>
    Operator,
}
