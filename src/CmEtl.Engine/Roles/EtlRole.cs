namespace CmEtl.Engine;

/// <summary>The purpose of a database role. The scripts in <c>sql/roles</c> define the rights of each.</summary>
public enum EtlRole
{
    /// <summary>Creates, upgrades and owns the ledger. Has no rights on the data.</summary>
    Owner,

    /// <summary>Runs the pipeline.</summary>
    Worker,

    /// <summary>Sees and stops runs and releases marks. Cannot run the pipeline.</summary>
    Operator,
}
