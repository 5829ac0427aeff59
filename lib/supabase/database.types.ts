// Generated from the migrations by `npm run db:types`; never edited by hand.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      activities: {
        Row: {
          body: string | null;
          campaign_id: string | null;
          channel: string | null;
          created_at: string;
          details: NonNullable<Json>;
          direction: string | null;
          email_id: string | null;
          id: string;
          kind: string;
          linkedin_id: string | null;
          next_step_at: string | null;
          next_step_closed_by: string | null;
          next_step_task_id: string | null;
          occurred_at: string;
          organization_id: string | null;
          outcome: string | null;
          owner_id: string | null;
          performed_by: string | null;
          person_id: string | null;
          phone_id: string | null;
          property_id: string | null;
          sentiment: string | null;
          subject: string | null;
          updated_at: string;
          verification_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          body?: string | null;
          campaign_id?: string | null;
          channel?: string | null;
          created_at?: string;
          details?: NonNullable<Json>;
          direction?: string | null;
          email_id?: string | null;
          id?: string;
          kind: string;
          linkedin_id?: string | null;
          next_step_at?: string | null;
          next_step_closed_by?: string | null;
          next_step_task_id?: string | null;
          occurred_at?: string;
          organization_id?: string | null;
          outcome?: string | null;
          owner_id?: string | null;
          performed_by?: string | null;
          person_id?: string | null;
          phone_id?: string | null;
          property_id?: string | null;
          sentiment?: string | null;
          subject?: string | null;
          updated_at?: string;
          verification_id?: string | null;
          workspace_id: string;
        };
        Update: {
          body?: string | null;
          campaign_id?: string | null;
          channel?: string | null;
          created_at?: string;
          details?: NonNullable<Json>;
          direction?: string | null;
          email_id?: string | null;
          id?: string;
          kind?: string;
          linkedin_id?: string | null;
          next_step_at?: string | null;
          next_step_closed_by?: string | null;
          next_step_task_id?: string | null;
          occurred_at?: string;
          organization_id?: string | null;
          outcome?: string | null;
          owner_id?: string | null;
          performed_by?: string | null;
          person_id?: string | null;
          phone_id?: string | null;
          property_id?: string | null;
          sentiment?: string | null;
          subject?: string | null;
          updated_at?: string;
          verification_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'activities_performed_by_fkey';
            columns: ['performed_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_email_id_fkey';
            columns: ['workspace_id', 'email_id'];
            isOneToOne: false;
            referencedRelation: 'emails';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_linkedin_id_fkey';
            columns: ['workspace_id', 'linkedin_id'];
            isOneToOne: false;
            referencedRelation: 'linkedin_profiles';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_next_step_closed_by_fkey';
            columns: ['workspace_id', 'next_step_closed_by'];
            isOneToOne: false;
            referencedRelation: 'activities';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_next_step_task_id_fkey';
            columns: ['workspace_id', 'next_step_task_id'];
            isOneToOne: false;
            referencedRelation: 'tasks';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: false;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'activities_workspace_id_verification_id_fkey';
            columns: ['workspace_id', 'verification_id'];
            isOneToOne: false;
            referencedRelation: 'verifications';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      audit_log: {
        Row: {
          action: string;
          actor: string | null;
          after: Json | null;
          at: string;
          before: Json | null;
          entity: string;
          entity_id: string | null;
          id: string;
          request_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          actor?: string | null;
          after?: Json | null;
          at?: string;
          before?: Json | null;
          entity: string;
          entity_id?: string | null;
          id?: string;
          request_id?: string | null;
          workspace_id: string;
        };
        Update: {
          action?: string;
          actor?: string | null;
          after?: Json | null;
          at?: string;
          before?: Json | null;
          entity?: string;
          entity_id?: string | null;
          id?: string;
          request_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'audit_log_actor_fkey';
            columns: ['actor'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'audit_log_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      bulk_changes: {
        Row: {
          change: NonNullable<Json>;
          created_at: string;
          created_by: string;
          entity: string;
          id: string;
          rows: NonNullable<Json>;
          undone_at: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          change: NonNullable<Json>;
          created_at?: string;
          created_by: string;
          entity: string;
          id?: string;
          rows: NonNullable<Json>;
          undone_at?: string | null;
          workspace_id: string;
        };
        Update: {
          change?: NonNullable<Json>;
          created_at?: string;
          created_by?: string;
          entity?: string;
          id?: string;
          rows?: NonNullable<Json>;
          undone_at?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'bulk_changes_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'bulk_changes_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      call_claims: {
        Row: {
          claimed_at: string;
          expires_at: string;
          id: string;
          phone_id: string;
          user_id: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          claimed_at?: string;
          expires_at: string;
          id?: string;
          phone_id: string;
          user_id: string;
          workspace_id: string;
        };
        Update: {
          claimed_at?: string;
          expires_at?: string;
          id?: string;
          phone_id?: string;
          user_id?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'call_claims_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: true;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'call_claims_workspace_id_user_id_fkey';
            columns: ['workspace_id', 'user_id'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
        ];
      };
      call_holds: {
        Row: {
          call_id: string | null;
          created_at: string;
          created_by: string | null;
          id: string;
          lifted_at: string | null;
          lifted_by: string | null;
          person_id: string | null;
          phone_id: string | null;
          property_id: string | null;
          reason: string;
          until: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          call_id?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          lifted_at?: string | null;
          lifted_by?: string | null;
          person_id?: string | null;
          phone_id?: string | null;
          property_id?: string | null;
          reason: string;
          until?: string | null;
          workspace_id: string;
        };
        Update: {
          call_id?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          lifted_at?: string | null;
          lifted_by?: string | null;
          person_id?: string | null;
          phone_id?: string | null;
          property_id?: string | null;
          reason?: string;
          until?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'call_holds_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'call_holds_lifted_by_fkey';
            columns: ['lifted_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'call_holds_workspace_id_call_id_fkey';
            columns: ['workspace_id', 'call_id'];
            isOneToOne: false;
            referencedRelation: 'calls';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'call_holds_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'call_holds_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: false;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'call_holds_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      call_targets: {
        Row: {
          call_count: number;
          follow_up_at: string | null;
          held_until: string | null;
          id: string;
          is_callable: boolean;
          last_called_at: string | null;
          last_called_by: string | null;
          last_outcome: string | null;
          lead_statuses: string[];
          people_count: number;
          phone_id: string;
          property_count: number;
          rank: number;
          roles: string[];
          rule: number;
          states: string[];
          updated_at: string;
          workspace_id: string;
          zones: string[];
        };
        ComputedFields: never;
        Insert: {
          call_count?: number;
          follow_up_at?: string | null;
          held_until?: string | null;
          id?: string;
          is_callable?: boolean;
          last_called_at?: string | null;
          last_called_by?: string | null;
          last_outcome?: string | null;
          lead_statuses?: string[];
          people_count?: number;
          phone_id: string;
          property_count?: number;
          rank?: number;
          roles?: string[];
          rule?: number;
          states?: string[];
          updated_at?: string;
          workspace_id: string;
          zones?: string[];
        };
        Update: {
          call_count?: number;
          follow_up_at?: string | null;
          held_until?: string | null;
          id?: string;
          is_callable?: boolean;
          last_called_at?: string | null;
          last_called_by?: string | null;
          last_outcome?: string | null;
          lead_statuses?: string[];
          people_count?: number;
          phone_id?: string;
          property_count?: number;
          rank?: number;
          roles?: string[];
          rule?: number;
          states?: string[];
          updated_at?: string;
          workspace_id?: string;
          zones?: string[];
        };
        Relationships: [
          {
            foreignKeyName: 'call_targets_workspace_id_last_called_by_fkey';
            columns: ['workspace_id', 'last_called_by'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'call_targets_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: true;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      calling_settings: {
        Row: {
          calls_per_day: number;
          created_at: string;
          greeting: string;
          hours_end: string;
          hours_start: string;
          id: string;
          is_recording: boolean;
          lockout_number_minutes: number;
          lockout_person_minutes: number;
          stop_scope: string;
          texts_per_day: number;
          updated_at: string;
          voicemail_greeting: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          calls_per_day?: number;
          created_at?: string;
          greeting?: string;
          hours_end?: string;
          hours_start?: string;
          id?: string;
          is_recording?: boolean;
          lockout_number_minutes?: number;
          lockout_person_minutes?: number;
          stop_scope?: string;
          texts_per_day?: number;
          updated_at?: string;
          voicemail_greeting?: string;
          workspace_id: string;
        };
        Update: {
          calls_per_day?: number;
          created_at?: string;
          greeting?: string;
          hours_end?: string;
          hours_start?: string;
          id?: string;
          is_recording?: boolean;
          lockout_number_minutes?: number;
          lockout_person_minutes?: number;
          stop_scope?: string;
          texts_per_day?: number;
          updated_at?: string;
          voicemail_greeting?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'calling_settings_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: true;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      calls: {
        Row: {
          activity_id: string | null;
          answered_at: string | null;
          child_sid: string | null;
          created_at: string;
          decision: Json | null;
          direction: string;
          duration_seconds: number | null;
          effects: NonNullable<Json>;
          email_captured: string | null;
          ended_at: string | null;
          error: string | null;
          followup_decision: Json | null;
          followup_email_id: string | null;
          id: string;
          is_voicemail: boolean;
          next_step_at: string | null;
          notes: string;
          outcome: string | null;
          outcome_at: string | null;
          person_id: string | null;
          phone_id: string;
          phone_number_id: string | null;
          provider_sid: string | null;
          reached: string | null;
          recording_seconds: number | null;
          recording_sid: string | null;
          started_at: string;
          status: string;
          status_rank: number;
          undone_at: string | null;
          updated_at: string;
          user_id: string | null;
          via: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          activity_id?: string | null;
          answered_at?: string | null;
          child_sid?: string | null;
          created_at?: string;
          decision?: Json | null;
          direction?: string;
          duration_seconds?: number | null;
          effects?: NonNullable<Json>;
          email_captured?: string | null;
          ended_at?: string | null;
          error?: string | null;
          followup_decision?: Json | null;
          followup_email_id?: string | null;
          id?: string;
          is_voicemail?: boolean;
          next_step_at?: string | null;
          notes?: string;
          outcome?: string | null;
          outcome_at?: string | null;
          person_id?: string | null;
          phone_id: string;
          phone_number_id?: string | null;
          provider_sid?: string | null;
          reached?: string | null;
          recording_seconds?: number | null;
          recording_sid?: string | null;
          started_at?: string;
          status?: string;
          status_rank?: number;
          undone_at?: string | null;
          updated_at?: string;
          user_id?: string | null;
          via?: string;
          workspace_id: string;
        };
        Update: {
          activity_id?: string | null;
          answered_at?: string | null;
          child_sid?: string | null;
          created_at?: string;
          decision?: Json | null;
          direction?: string;
          duration_seconds?: number | null;
          effects?: NonNullable<Json>;
          email_captured?: string | null;
          ended_at?: string | null;
          error?: string | null;
          followup_decision?: Json | null;
          followup_email_id?: string | null;
          id?: string;
          is_voicemail?: boolean;
          next_step_at?: string | null;
          notes?: string;
          outcome?: string | null;
          outcome_at?: string | null;
          person_id?: string | null;
          phone_id?: string;
          phone_number_id?: string | null;
          provider_sid?: string | null;
          reached?: string | null;
          recording_seconds?: number | null;
          recording_sid?: string | null;
          started_at?: string;
          status?: string;
          status_rank?: number;
          undone_at?: string | null;
          updated_at?: string;
          user_id?: string | null;
          via?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'calls_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'calls_workspace_id_activity_id_fkey';
            columns: ['workspace_id', 'activity_id'];
            isOneToOne: false;
            referencedRelation: 'activities';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'calls_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'calls_workspace_id_followup_email_id_fkey';
            columns: ['workspace_id', 'followup_email_id'];
            isOneToOne: false;
            referencedRelation: 'email_queue';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'calls_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'calls_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: false;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'calls_workspace_id_phone_number_id_fkey';
            columns: ['workspace_id', 'phone_number_id'];
            isOneToOne: false;
            referencedRelation: 'phone_numbers';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      campaign_edges: {
        Row: {
          campaign_id: string;
          condition: string;
          created_at: string;
          delay_days: number;
          delay_hours: number;
          delay_minutes: number;
          from_step_id: string;
          id: string;
          position: number;
          to_step_id: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          campaign_id: string;
          condition?: string;
          created_at?: string;
          delay_days?: number;
          delay_hours?: number;
          delay_minutes?: number;
          from_step_id: string;
          id?: string;
          position?: number;
          to_step_id: string;
          workspace_id: string;
        };
        Update: {
          campaign_id?: string;
          condition?: string;
          created_at?: string;
          delay_days?: number;
          delay_hours?: number;
          delay_minutes?: number;
          from_step_id?: string;
          id?: string;
          position?: number;
          to_step_id?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_edges_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'campaign_edges_workspace_id_campaign_id_from_step_id_fkey';
            columns: ['workspace_id', 'campaign_id', 'from_step_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['workspace_id', 'campaign_id', 'id'];
          },
          {
            foreignKeyName: 'campaign_edges_workspace_id_campaign_id_to_step_id_fkey';
            columns: ['workspace_id', 'campaign_id', 'to_step_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['workspace_id', 'campaign_id', 'id'];
          },
        ];
      };
      campaign_launches: {
        Row: {
          campaign_id: string;
          created_at: string;
          id: string;
          launched_by: string | null;
          snapshot: NonNullable<Json>;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          campaign_id: string;
          created_at?: string;
          id?: string;
          launched_by?: string | null;
          snapshot: NonNullable<Json>;
          workspace_id: string;
        };
        Update: {
          campaign_id?: string;
          created_at?: string;
          id?: string;
          launched_by?: string | null;
          snapshot?: NonNullable<Json>;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_launches_launched_by_fkey';
            columns: ['launched_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'campaign_launches_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      campaign_left_out: {
        Row: {
          campaign_id: string;
          created_at: string;
          id: string;
          person_id: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          campaign_id: string;
          created_at?: string;
          id?: string;
          person_id: string;
          workspace_id: string;
        };
        Update: {
          campaign_id?: string;
          created_at?: string;
          id?: string;
          person_id?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_left_out_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'campaign_left_out_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      campaign_recipients: {
        Row: {
          campaign_id: string;
          created_at: string;
          current_step_id: string | null;
          domain_id: string | null;
          email_id: string;
          exit_reason: string | null;
          exited_at: string | null;
          id: string;
          launch_id: string | null;
          lease_token: string | null;
          lease_until: string | null;
          next_email_at: string | null;
          person_id: string;
          replied_at: string | null;
          reply_count: number;
          status: string;
          thread_token: string;
          updated_at: string;
          variant: number;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          campaign_id: string;
          created_at?: string;
          current_step_id?: string | null;
          domain_id?: string | null;
          email_id: string;
          exit_reason?: string | null;
          exited_at?: string | null;
          id?: string;
          launch_id?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          next_email_at?: string | null;
          person_id: string;
          replied_at?: string | null;
          reply_count?: number;
          status?: string;
          thread_token?: string;
          updated_at?: string;
          variant?: number;
          workspace_id: string;
        };
        Update: {
          campaign_id?: string;
          created_at?: string;
          current_step_id?: string | null;
          domain_id?: string | null;
          email_id?: string;
          exit_reason?: string | null;
          exited_at?: string | null;
          id?: string;
          launch_id?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          next_email_at?: string | null;
          person_id?: string;
          replied_at?: string | null;
          reply_count?: number;
          status?: string;
          thread_token?: string;
          updated_at?: string;
          variant?: number;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_recipients_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'campaign_recipients_workspace_id_campaign_id_launch_id_fkey';
            columns: ['workspace_id', 'campaign_id', 'launch_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_launches';
            referencedColumns: ['workspace_id', 'campaign_id', 'id'];
          },
          {
            foreignKeyName: 'campaign_recipients_workspace_id_domain_id_fkey';
            columns: ['workspace_id', 'domain_id'];
            isOneToOne: false;
            referencedRelation: 'sending_domains';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'campaign_recipients_workspace_id_email_id_fkey';
            columns: ['workspace_id', 'email_id'];
            isOneToOne: false;
            referencedRelation: 'emails';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'campaign_recipients_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      campaign_steps: {
        Row: {
          campaign_id: string;
          created_at: string;
          id: string;
          name: string;
          position: number;
          sections: NonNullable<Json>;
          subjects: string[];
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          campaign_id: string;
          created_at?: string;
          id?: string;
          name: string;
          position?: number;
          sections?: NonNullable<Json>;
          subjects?: string[];
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          campaign_id?: string;
          created_at?: string;
          id?: string;
          name?: string;
          position?: number;
          sections?: NonNullable<Json>;
          subjects?: string[];
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_steps_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      campaigns: {
        Row: {
          channel: string;
          completed_at: string | null;
          created_at: string;
          created_by: string | null;
          days: number[];
          deleted_at: string | null;
          entry_step_id: string | null;
          exit_conditions: string[];
          format: string;
          hours_end: string;
          hours_start: string;
          id: string;
          launched_at: string | null;
          lease_token: string | null;
          lease_until: string | null;
          name: string;
          sender_id: string | null;
          skip_holidays: boolean;
          staging_done: number;
          staging_error: string | null;
          staging_total: number | null;
          starts_at: string | null;
          status: string;
          stop_scope: string;
          time_zone: string;
          updated_at: string;
          version: number;
          workspace_id: string;
          zone_of: string;
        };
        ComputedFields: never;
        Insert: {
          channel?: string;
          completed_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          days?: number[];
          deleted_at?: string | null;
          entry_step_id?: string | null;
          exit_conditions?: string[];
          format?: string;
          hours_end?: string;
          hours_start?: string;
          id?: string;
          launched_at?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          name: string;
          sender_id?: string | null;
          skip_holidays?: boolean;
          staging_done?: number;
          staging_error?: string | null;
          staging_total?: number | null;
          starts_at?: string | null;
          status?: string;
          stop_scope?: string;
          time_zone: string;
          updated_at?: string;
          version?: number;
          workspace_id: string;
          zone_of?: string;
        };
        Update: {
          channel?: string;
          completed_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          days?: number[];
          deleted_at?: string | null;
          entry_step_id?: string | null;
          exit_conditions?: string[];
          format?: string;
          hours_end?: string;
          hours_start?: string;
          id?: string;
          launched_at?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          name?: string;
          sender_id?: string | null;
          skip_holidays?: boolean;
          staging_done?: number;
          staging_error?: string | null;
          staging_total?: number | null;
          starts_at?: string | null;
          status?: string;
          stop_scope?: string;
          time_zone?: string;
          updated_at?: string;
          version?: number;
          workspace_id?: string;
          zone_of?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaigns_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'campaigns_workspace_id_entry_step_id_id_fkey';
            columns: ['workspace_id', 'entry_step_id', 'id'];
            isOneToOne: false;
            referencedRelation: 'campaign_steps';
            referencedColumns: ['workspace_id', 'id', 'campaign_id'];
          },
          {
            foreignKeyName: 'campaigns_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_workspace_id_sender_id_fkey';
            columns: ['workspace_id', 'sender_id'];
            isOneToOne: false;
            referencedRelation: 'senders';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      conversations: {
        Row: {
          channel: string;
          created_at: string;
          created_by: string | null;
          id: string;
          last_message_at: string | null;
          subject: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          channel?: string;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          last_message_at?: string | null;
          subject: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          channel?: string;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          last_message_at?: string | null;
          subject?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'conversations_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'conversations_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      cron_runs: {
        Row: {
          counts: NonNullable<Json>;
          error: string | null;
          finished_at: string | null;
          id: string;
          lease_until: string;
          name: string;
          started_at: string;
        };
        ComputedFields: never;
        Insert: {
          counts?: NonNullable<Json>;
          error?: string | null;
          finished_at?: string | null;
          id?: string;
          lease_until: string;
          name: string;
          started_at?: string;
        };
        Update: {
          counts?: NonNullable<Json>;
          error?: string | null;
          finished_at?: string | null;
          id?: string;
          lease_until?: string;
          name?: string;
          started_at?: string;
        };
        Relationships: [];
      };
      email_events: {
        Row: {
          created_at: string;
          details: NonNullable<Json>;
          email_queue_id: string;
          event_id: string;
          id: string;
          occurred_at: string;
          type: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          details?: NonNullable<Json>;
          email_queue_id: string;
          event_id: string;
          id?: string;
          occurred_at: string;
          type: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          details?: NonNullable<Json>;
          email_queue_id?: string;
          event_id?: string;
          id?: string;
          occurred_at?: string;
          type?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'email_events_workspace_id_email_queue_id_fkey';
            columns: ['workspace_id', 'email_queue_id'];
            isOneToOne: false;
            referencedRelation: 'email_queue';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      email_queue: {
        Row: {
          attempts: number;
          body_html: string | null;
          body_text: string | null;
          bounce_kind: string | null;
          bounced_at: string | null;
          campaign_id: string | null;
          cap_day: string | null;
          clicked_at: string | null;
          complained_at: string | null;
          created_at: string;
          created_by: string | null;
          decision: Json | null;
          delivered_at: string | null;
          domain_id: string | null;
          email_id: string | null;
          from_address: string;
          from_name: string;
          id: string;
          in_reply_to: string | null;
          is_edited: boolean;
          is_paused: boolean;
          last_error: string | null;
          lease_token: string | null;
          lease_until: string | null;
          mailbox_id: string | null;
          message_id: string | null;
          opened_at: string | null;
          person_id: string | null;
          provider_message_id: string | null;
          provider_thread_id: string | null;
          purpose: string;
          recipient_id: string | null;
          replied_at: string | null;
          reply_to: string | null;
          round: number;
          run_at: string | null;
          sender_id: string | null;
          sent_at: string | null;
          status: string;
          step_id: string | null;
          subject: string;
          thread_token: string | null;
          time_zone: string | null;
          to_address: string;
          unsubscribe_token: string;
          unsubscribed_at: string | null;
          updated_at: string;
          variant: number;
          via: string;
          workspace_id: string;
          write_after: string | null;
          writing_attempts: number;
          writing_token: string | null;
          writing_until: string | null;
        };
        ComputedFields: never;
        Insert: {
          attempts?: number;
          body_html?: string | null;
          body_text?: string | null;
          bounce_kind?: string | null;
          bounced_at?: string | null;
          campaign_id?: string | null;
          cap_day?: string | null;
          clicked_at?: string | null;
          complained_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          decision?: Json | null;
          delivered_at?: string | null;
          domain_id?: string | null;
          email_id?: string | null;
          from_address: string;
          from_name?: string;
          id?: string;
          in_reply_to?: string | null;
          is_edited?: boolean;
          is_paused?: boolean;
          last_error?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          mailbox_id?: string | null;
          message_id?: string | null;
          opened_at?: string | null;
          person_id?: string | null;
          provider_message_id?: string | null;
          provider_thread_id?: string | null;
          purpose?: string;
          recipient_id?: string | null;
          replied_at?: string | null;
          reply_to?: string | null;
          round?: number;
          run_at?: string | null;
          sender_id?: string | null;
          sent_at?: string | null;
          status?: string;
          step_id?: string | null;
          subject?: string;
          thread_token?: string | null;
          time_zone?: string | null;
          to_address: string;
          unsubscribe_token?: string;
          unsubscribed_at?: string | null;
          updated_at?: string;
          variant?: number;
          via?: string;
          workspace_id: string;
          write_after?: string | null;
          writing_attempts?: number;
          writing_token?: string | null;
          writing_until?: string | null;
        };
        Update: {
          attempts?: number;
          body_html?: string | null;
          body_text?: string | null;
          bounce_kind?: string | null;
          bounced_at?: string | null;
          campaign_id?: string | null;
          cap_day?: string | null;
          clicked_at?: string | null;
          complained_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          decision?: Json | null;
          delivered_at?: string | null;
          domain_id?: string | null;
          email_id?: string | null;
          from_address?: string;
          from_name?: string;
          id?: string;
          in_reply_to?: string | null;
          is_edited?: boolean;
          is_paused?: boolean;
          last_error?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          mailbox_id?: string | null;
          message_id?: string | null;
          opened_at?: string | null;
          person_id?: string | null;
          provider_message_id?: string | null;
          provider_thread_id?: string | null;
          purpose?: string;
          recipient_id?: string | null;
          replied_at?: string | null;
          reply_to?: string | null;
          round?: number;
          run_at?: string | null;
          sender_id?: string | null;
          sent_at?: string | null;
          status?: string;
          step_id?: string | null;
          subject?: string;
          thread_token?: string | null;
          time_zone?: string | null;
          to_address?: string;
          unsubscribe_token?: string;
          unsubscribed_at?: string | null;
          updated_at?: string;
          variant?: number;
          via?: string;
          workspace_id?: string;
          write_after?: string | null;
          writing_attempts?: number;
          writing_token?: string | null;
          writing_until?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'email_queue_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_campaign_id_recipient_id_fkey';
            columns: ['workspace_id', 'campaign_id', 'recipient_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_recipients';
            referencedColumns: ['workspace_id', 'campaign_id', 'id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_domain_id_fkey';
            columns: ['workspace_id', 'domain_id'];
            isOneToOne: false;
            referencedRelation: 'sending_domains';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_email_id_fkey';
            columns: ['workspace_id', 'email_id'];
            isOneToOne: false;
            referencedRelation: 'emails';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_mailbox_id_fkey';
            columns: ['workspace_id', 'mailbox_id'];
            isOneToOne: false;
            referencedRelation: 'mailboxes';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'email_queue_workspace_id_sender_id_fkey';
            columns: ['workspace_id', 'sender_id'];
            isOneToOne: false;
            referencedRelation: 'senders';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      emails: {
        Row: {
          address: string;
          created_at: string;
          id: string;
          reason: string | null;
          since: string | null;
          status: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          address: string;
          created_at?: string;
          id?: string;
          reason?: string | null;
          since?: string | null;
          status?: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          address?: string;
          created_at?: string;
          id?: string;
          reason?: string | null;
          since?: string | null;
          status?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'emails_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      files: {
        Row: {
          created_at: string;
          created_by: string | null;
          deleted_at: string | null;
          id: string;
          is_viewable: boolean;
          mime: string | null;
          organization_id: string | null;
          owner_id: string | null;
          path: string;
          person_id: string | null;
          property_id: string | null;
          size_bytes: number | null;
          title: string;
          updated_at: string;
          uploaded_at: string | null;
          verification_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          id?: string;
          is_viewable?: boolean;
          mime?: string | null;
          organization_id?: string | null;
          owner_id?: string | null;
          path?: never;
          person_id?: string | null;
          property_id?: string | null;
          size_bytes?: number | null;
          title: string;
          updated_at?: string;
          uploaded_at?: string | null;
          verification_id?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          id?: string;
          is_viewable?: boolean;
          mime?: string | null;
          organization_id?: string | null;
          owner_id?: string | null;
          path?: never;
          person_id?: string | null;
          property_id?: string | null;
          size_bytes?: number | null;
          title?: string;
          updated_at?: string;
          uploaded_at?: string | null;
          verification_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'files_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'files_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'files_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'files_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'files_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'files_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'files_workspace_id_verification_id_fkey';
            columns: ['workspace_id', 'verification_id'];
            isOneToOne: false;
            referencedRelation: 'verifications';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      followup_rules: {
        Row: {
          created_at: string;
          delay_minutes: number;
          enabled_at: string;
          id: string;
          is_enabled: boolean;
          outcome: string;
          sender_id: string | null;
          template_id: string;
          updated_at: string;
          via: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          delay_minutes?: number;
          enabled_at?: string;
          id?: string;
          is_enabled?: boolean;
          outcome: string;
          sender_id?: string | null;
          template_id: string;
          updated_at?: string;
          via?: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          delay_minutes?: number;
          enabled_at?: string;
          id?: string;
          is_enabled?: boolean;
          outcome?: string;
          sender_id?: string | null;
          template_id?: string;
          updated_at?: string;
          via?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'followup_rules_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'followup_rules_workspace_id_sender_id_fkey';
            columns: ['workspace_id', 'sender_id'];
            isOneToOne: false;
            referencedRelation: 'senders';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'followup_rules_workspace_id_template_id_fkey';
            columns: ['workspace_id', 'template_id'];
            isOneToOne: false;
            referencedRelation: 'outreach_templates';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      import_entities: {
        Row: {
          action: string;
          before: NonNullable<Json>;
          claims: NonNullable<Json>;
          created_at: string;
          entity_id: string;
          id: string;
          import_id: string;
          keys: string[];
          kind: string;
          line: number;
          undo_result: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          before?: NonNullable<Json>;
          claims?: NonNullable<Json>;
          created_at?: string;
          entity_id: string;
          id?: string;
          import_id: string;
          keys?: string[];
          kind: string;
          line: number;
          undo_result?: string | null;
          workspace_id: string;
        };
        Update: {
          action?: string;
          before?: NonNullable<Json>;
          claims?: NonNullable<Json>;
          created_at?: string;
          entity_id?: string;
          id?: string;
          import_id?: string;
          keys?: string[];
          kind?: string;
          line?: number;
          undo_result?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'import_entities_workspace_id_import_id_fkey';
            columns: ['workspace_id', 'import_id'];
            isOneToOne: false;
            referencedRelation: 'imports';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      import_rows: {
        Row: {
          entities: NonNullable<Json>;
          id: string;
          import_id: string;
          line: number;
          problems: NonNullable<Json>;
          raw: Json | null;
          reason: string | null;
          result: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          entities?: NonNullable<Json>;
          id?: string;
          import_id: string;
          line: number;
          problems?: NonNullable<Json>;
          raw?: Json | null;
          reason?: string | null;
          result: string;
          workspace_id: string;
        };
        Update: {
          entities?: NonNullable<Json>;
          id?: string;
          import_id?: string;
          line?: number;
          problems?: NonNullable<Json>;
          raw?: Json | null;
          reason?: string | null;
          result?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'import_rows_workspace_id_import_id_fkey';
            columns: ['workspace_id', 'import_id'];
            isOneToOne: false;
            referencedRelation: 'imports';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      import_templates: {
        Row: {
          created_at: string;
          created_by: string | null;
          headers_key: string;
          id: string;
          mapping: NonNullable<Json>;
          name: string;
          preset: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          created_by?: string | null;
          headers_key: string;
          id?: string;
          mapping: NonNullable<Json>;
          name: string;
          preset: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          created_by?: string | null;
          headers_key?: string;
          id?: string;
          mapping?: NonNullable<Json>;
          name?: string;
          preset?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'import_templates_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'import_templates_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      imports: {
        Row: {
          counts: NonNullable<Json>;
          created_at: string;
          created_by: string | null;
          error: string | null;
          file_name: string;
          file_path: string;
          file_size: number;
          finished_at: string | null;
          id: string;
          inspection: NonNullable<Json>;
          kept: NonNullable<Json>;
          last_line: number;
          lease_token: string | null;
          lease_until: string | null;
          mapping: NonNullable<Json>;
          phase: string | null;
          preset: string;
          processed_rows: number;
          started_at: string | null;
          status: string;
          total_rows: number | null;
          undo_remaining: number | null;
          undo_total: number | null;
          undone_at: string | null;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          counts?: NonNullable<Json>;
          created_at?: string;
          created_by?: string | null;
          error?: string | null;
          file_name: string;
          file_path?: never;
          file_size: number;
          finished_at?: string | null;
          id?: string;
          inspection?: NonNullable<Json>;
          kept?: NonNullable<Json>;
          last_line?: number;
          lease_token?: string | null;
          lease_until?: string | null;
          mapping?: NonNullable<Json>;
          phase?: string | null;
          preset: string;
          processed_rows?: number;
          started_at?: string | null;
          status?: string;
          total_rows?: number | null;
          undo_remaining?: number | null;
          undo_total?: number | null;
          undone_at?: string | null;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          counts?: NonNullable<Json>;
          created_at?: string;
          created_by?: string | null;
          error?: string | null;
          file_name?: string;
          file_path?: never;
          file_size?: number;
          finished_at?: string | null;
          id?: string;
          inspection?: NonNullable<Json>;
          kept?: NonNullable<Json>;
          last_line?: number;
          lease_token?: string | null;
          lease_until?: string | null;
          mapping?: NonNullable<Json>;
          phase?: string | null;
          preset?: string;
          processed_rows?: number;
          started_at?: string | null;
          status?: string;
          total_rows?: number | null;
          undo_remaining?: number | null;
          undo_total?: number | null;
          undone_at?: string | null;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'imports_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'imports_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      inbound_emails: {
        Row: {
          attachments: string[];
          body_html: string | null;
          body_text: string | null;
          campaign_id: string | null;
          created_at: string;
          decided_at: string | null;
          decided_by: string | null;
          email_queue_id: string | null;
          from_address: string;
          from_name: string | null;
          id: string;
          kind: string;
          mailbox_id: string;
          matched_by: string | null;
          message_id: string | null;
          person_id: string | null;
          provider_message_id: string;
          provider_thread_id: string | null;
          received_at: string;
          recipient_id: string | null;
          subject: string | null;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          attachments?: string[];
          body_html?: string | null;
          body_text?: string | null;
          campaign_id?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          email_queue_id?: string | null;
          from_address: string;
          from_name?: string | null;
          id?: string;
          kind: string;
          mailbox_id: string;
          matched_by?: string | null;
          message_id?: string | null;
          person_id?: string | null;
          provider_message_id: string;
          provider_thread_id?: string | null;
          received_at: string;
          recipient_id?: string | null;
          subject?: string | null;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          attachments?: string[];
          body_html?: string | null;
          body_text?: string | null;
          campaign_id?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          email_queue_id?: string | null;
          from_address?: string;
          from_name?: string | null;
          id?: string;
          kind?: string;
          mailbox_id?: string;
          matched_by?: string | null;
          message_id?: string | null;
          person_id?: string | null;
          provider_message_id?: string;
          provider_thread_id?: string | null;
          received_at?: string;
          recipient_id?: string | null;
          subject?: string | null;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'inbound_emails_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'inbound_emails_workspace_id_campaign_id_fkey';
            columns: ['workspace_id', 'campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'inbound_emails_workspace_id_email_queue_id_fkey';
            columns: ['workspace_id', 'email_queue_id'];
            isOneToOne: false;
            referencedRelation: 'email_queue';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'inbound_emails_workspace_id_mailbox_id_fkey';
            columns: ['workspace_id', 'mailbox_id'];
            isOneToOne: false;
            referencedRelation: 'mailboxes';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'inbound_emails_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'inbound_emails_workspace_id_recipient_id_fkey';
            columns: ['workspace_id', 'recipient_id'];
            isOneToOne: false;
            referencedRelation: 'campaign_recipients';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      invitations: {
        Row: {
          accepted_at: string | null;
          created_at: string;
          email: string | null;
          expires_at: string;
          id: string;
          invited_by: string | null;
          mail_requested_at: string | null;
          mail_sent_at: string | null;
          revoked_at: string | null;
          role: string;
          token_hash: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          accepted_at?: string | null;
          created_at?: string;
          email?: string | null;
          expires_at?: string;
          id?: string;
          invited_by?: string | null;
          mail_requested_at?: string | null;
          mail_sent_at?: string | null;
          revoked_at?: string | null;
          role?: string;
          token_hash: string;
          workspace_id: string;
        };
        Update: {
          accepted_at?: string | null;
          created_at?: string;
          email?: string | null;
          expires_at?: string;
          id?: string;
          invited_by?: string | null;
          mail_requested_at?: string | null;
          mail_sent_at?: string | null;
          revoked_at?: string | null;
          role?: string;
          token_hash?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'invitations_invited_by_fkey';
            columns: ['invited_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'invitations_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      linkedin_profiles: {
        Row: {
          connection_status: string;
          created_at: string;
          id: string;
          profile_company: string | null;
          profile_image_url: string | null;
          profile_location: string | null;
          profile_name: string | null;
          profile_title: string | null;
          updated_at: string;
          url: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          connection_status?: string;
          created_at?: string;
          id?: string;
          profile_company?: string | null;
          profile_image_url?: string | null;
          profile_location?: string | null;
          profile_name?: string | null;
          profile_title?: string | null;
          updated_at?: string;
          url: string;
          workspace_id: string;
        };
        Update: {
          connection_status?: string;
          created_at?: string;
          id?: string;
          profile_company?: string | null;
          profile_image_url?: string | null;
          profile_location?: string | null;
          profile_name?: string | null;
          profile_title?: string | null;
          updated_at?: string;
          url?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'linkedin_profiles_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      mailbox_tokens: {
        Row: {
          access_expires_at: string | null;
          access_token: string | null;
          id: string;
          mailbox_id: string;
          refresh_token: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          access_expires_at?: string | null;
          access_token?: string | null;
          id?: string;
          mailbox_id: string;
          refresh_token: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          access_expires_at?: string | null;
          access_token?: string | null;
          id?: string;
          mailbox_id?: string;
          refresh_token?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'mailbox_tokens_workspace_id_mailbox_id_fkey';
            columns: ['workspace_id', 'mailbox_id'];
            isOneToOne: true;
            referencedRelation: 'mailboxes';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      mailboxes: {
        Row: {
          address: string;
          created_at: string;
          history_id: string | null;
          id: string;
          last_error: string | null;
          lease_token: string | null;
          lease_until: string | null;
          status: string;
          synced_at: string | null;
          tried_at: string | null;
          updated_at: string;
          user_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          address: string;
          created_at?: string;
          history_id?: string | null;
          id?: string;
          last_error?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          status?: string;
          synced_at?: string | null;
          tried_at?: string | null;
          updated_at?: string;
          user_id?: string | null;
          workspace_id: string;
        };
        Update: {
          address?: string;
          created_at?: string;
          history_id?: string | null;
          id?: string;
          last_error?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          status?: string;
          synced_at?: string | null;
          tried_at?: string | null;
          updated_at?: string;
          user_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'mailboxes_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'mailboxes_workspace_id_user_id_fkey';
            columns: ['workspace_id', 'user_id'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
        ];
      };
      merge_suggestions: {
        Row: {
          created_at: string;
          dismissed_at: string | null;
          id: string;
          import_id: string | null;
          other_person_id: string;
          person_id: string;
          reason: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          dismissed_at?: string | null;
          id?: string;
          import_id?: string | null;
          other_person_id: string;
          person_id: string;
          reason: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          dismissed_at?: string | null;
          id?: string;
          import_id?: string | null;
          other_person_id?: string;
          person_id?: string;
          reason?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'merge_suggestions_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'merge_suggestions_workspace_id_import_id_fkey';
            columns: ['workspace_id', 'import_id'];
            isOneToOne: false;
            referencedRelation: 'imports';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'merge_suggestions_workspace_id_other_person_id_fkey';
            columns: ['workspace_id', 'other_person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'merge_suggestions_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      messages: {
        Row: {
          author_id: string | null;
          body: string;
          conversation_id: string;
          created_at: string;
          direction: string;
          id: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          author_id?: string | null;
          body: string;
          conversation_id: string;
          created_at?: string;
          direction: string;
          id?: string;
          workspace_id: string;
        };
        Update: {
          author_id?: string | null;
          body?: string;
          conversation_id?: string;
          created_at?: string;
          direction?: string;
          id?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'messages_author_id_fkey';
            columns: ['author_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'messages_workspace_id_conversation_id_fkey';
            columns: ['workspace_id', 'conversation_id'];
            isOneToOne: false;
            referencedRelation: 'conversations';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      notes: {
        Row: {
          author_id: string | null;
          body: string;
          created_at: string;
          id: string;
          organization_id: string | null;
          owner_id: string | null;
          person_id: string | null;
          property_id: string | null;
          updated_at: string;
          verification_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          author_id?: string | null;
          body: string;
          created_at?: string;
          id?: string;
          organization_id?: string | null;
          owner_id?: string | null;
          person_id?: string | null;
          property_id?: string | null;
          updated_at?: string;
          verification_id?: string | null;
          workspace_id: string;
        };
        Update: {
          author_id?: string | null;
          body?: string;
          created_at?: string;
          id?: string;
          organization_id?: string | null;
          owner_id?: string | null;
          person_id?: string | null;
          property_id?: string | null;
          updated_at?: string;
          verification_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'notes_author_id_fkey';
            columns: ['author_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'notes_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notes_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'notes_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'notes_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'notes_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'notes_workspace_id_verification_id_fkey';
            columns: ['workspace_id', 'verification_id'];
            isOneToOne: false;
            referencedRelation: 'verifications';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      notification_preferences: {
        Row: {
          created_at: string;
          email_digest: string;
          id: string;
          muted_kinds: string[];
          next_digest_at: string | null;
          updated_at: string;
          user_id: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          email_digest?: string;
          id?: string;
          muted_kinds?: string[];
          next_digest_at?: string | null;
          updated_at?: string;
          user_id: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          email_digest?: string;
          id?: string;
          muted_kinds?: string[];
          next_digest_at?: string | null;
          updated_at?: string;
          user_id?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'notification_preferences_workspace_id_user_id_fkey';
            columns: ['workspace_id', 'user_id'];
            isOneToOne: true;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
        ];
      };
      notifications: {
        Row: {
          body: string | null;
          created_at: string;
          dedupe_key: string;
          emailed_at: string | null;
          id: string;
          kind: string;
          link: string;
          read_at: string | null;
          task_id: string | null;
          title: string;
          user_id: string;
          verification_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          body?: string | null;
          created_at?: string;
          dedupe_key: string;
          emailed_at?: string | null;
          id?: string;
          kind: string;
          link?: string;
          read_at?: string | null;
          task_id?: string | null;
          title: string;
          user_id: string;
          verification_id?: string | null;
          workspace_id: string;
        };
        Update: {
          body?: string | null;
          created_at?: string;
          dedupe_key?: string;
          emailed_at?: string | null;
          id?: string;
          kind?: string;
          link?: string;
          read_at?: string | null;
          task_id?: string | null;
          title?: string;
          user_id?: string;
          verification_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'notifications_workspace_id_task_id_fkey';
            columns: ['workspace_id', 'task_id'];
            isOneToOne: false;
            referencedRelation: 'tasks';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'notifications_workspace_id_user_id_fkey';
            columns: ['workspace_id', 'user_id'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'notifications_workspace_id_verification_id_fkey';
            columns: ['workspace_id', 'verification_id'];
            isOneToOne: false;
            referencedRelation: 'verifications';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      organization_emails: {
        Row: {
          created_at: string;
          email_id: string;
          id: string;
          import_id: string | null;
          is_primary: boolean;
          label: string | null;
          organization_id: string;
          source: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          email_id: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          organization_id: string;
          source?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          email_id?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          organization_id?: string;
          source?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'organization_emails_workspace_id_email_id_fkey';
            columns: ['workspace_id', 'email_id'];
            isOneToOne: false;
            referencedRelation: 'emails';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'organization_emails_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      organization_phones: {
        Row: {
          created_at: string;
          id: string;
          import_id: string | null;
          is_primary: boolean;
          label: string | null;
          organization_id: string;
          phone_id: string;
          source: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          organization_id: string;
          phone_id: string;
          source?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          organization_id?: string;
          phone_id?: string;
          source?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'organization_phones_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'organization_phones_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: false;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      organizations: {
        Row: {
          about: string | null;
          address: string | null;
          assigned_to: string | null;
          aum: string | null;
          category: string | null;
          city: string | null;
          country: string | null;
          created_at: string;
          deleted_at: string | null;
          details: NonNullable<Json>;
          domain: string | null;
          edited_at: string | null;
          edited_by: string | null;
          field_sources: NonNullable<Json>;
          id: string;
          industry: string | null;
          investment_prefs: string | null;
          kind: string | null;
          last_activity_at: string | null;
          name: string;
          normalized_name: string | null;
          sources: string[];
          state: string | null;
          status: string;
          tags: string[];
          updated_at: string;
          website: string | null;
          workspace_id: string;
          year_founded: string | null;
          zip: string | null;
        };
        ComputedFields: never;
        Insert: {
          about?: string | null;
          address?: string | null;
          assigned_to?: string | null;
          aum?: string | null;
          category?: string | null;
          city?: string | null;
          country?: string | null;
          created_at?: string;
          deleted_at?: string | null;
          details?: NonNullable<Json>;
          domain?: string | null;
          edited_at?: string | null;
          edited_by?: string | null;
          field_sources?: NonNullable<Json>;
          id?: string;
          industry?: string | null;
          investment_prefs?: string | null;
          kind?: string | null;
          last_activity_at?: string | null;
          name: string;
          normalized_name?: never;
          sources?: string[];
          state?: string | null;
          status?: string;
          tags?: string[];
          updated_at?: string;
          website?: string | null;
          workspace_id: string;
          year_founded?: string | null;
          zip?: string | null;
        };
        Update: {
          about?: string | null;
          address?: string | null;
          assigned_to?: string | null;
          aum?: string | null;
          category?: string | null;
          city?: string | null;
          country?: string | null;
          created_at?: string;
          deleted_at?: string | null;
          details?: NonNullable<Json>;
          domain?: string | null;
          edited_at?: string | null;
          edited_by?: string | null;
          field_sources?: NonNullable<Json>;
          id?: string;
          industry?: string | null;
          investment_prefs?: string | null;
          kind?: string | null;
          last_activity_at?: string | null;
          name?: string;
          normalized_name?: never;
          sources?: string[];
          state?: string | null;
          status?: string;
          tags?: string[];
          updated_at?: string;
          website?: string | null;
          workspace_id?: string;
          year_founded?: string | null;
          zip?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'organizations_workspace_id_assigned_to_fkey';
            columns: ['workspace_id', 'assigned_to'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'organizations_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      outreach_templates: {
        Row: {
          archived_at: string | null;
          body: string;
          channel: string | null;
          created_at: string;
          created_by: string | null;
          id: string;
          key: string | null;
          name: string;
          next_step_days: number | null;
          outcome: string | null;
          position: number;
          subject: string | null;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          body: string;
          channel?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          key?: string | null;
          name: string;
          next_step_days?: number | null;
          outcome?: string | null;
          position?: number;
          subject?: string | null;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          archived_at?: string | null;
          body?: string;
          channel?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          key?: string | null;
          name?: string;
          next_step_days?: number | null;
          outcome?: string | null;
          position?: number;
          subject?: string | null;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'outreach_templates_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'outreach_templates_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      owner_contacts: {
        Row: {
          created_at: string;
          id: string;
          notes: string | null;
          owner_id: string;
          person_id: string;
          preferred_channel: string | null;
          role: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          notes?: string | null;
          owner_id: string;
          person_id: string;
          preferred_channel?: string | null;
          role: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          notes?: string | null;
          owner_id?: string;
          person_id?: string;
          preferred_channel?: string | null;
          role?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'owner_contacts_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'owner_contacts_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      owner_threads: {
        Row: {
          conversation_id: string;
          created_at: string;
          id: string;
          owner_id: string;
          property_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          conversation_id: string;
          created_at?: string;
          id?: string;
          owner_id: string;
          property_id?: string | null;
          workspace_id: string;
        };
        Update: {
          conversation_id?: string;
          created_at?: string;
          id?: string;
          owner_id?: string;
          property_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'owner_threads_workspace_id_conversation_id_fkey';
            columns: ['workspace_id', 'conversation_id'];
            isOneToOne: true;
            referencedRelation: 'conversations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'owner_threads_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'owner_threads_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      owners: {
        Row: {
          assigned_to: string | null;
          created_at: string;
          created_by: string | null;
          deleted_at: string | null;
          display_name: string;
          id: string;
          kind: string;
          last_activity_at: string | null;
          last_contacted_at: string | null;
          legal_name: string | null;
          let_go: string[];
          next_step_at: string | null;
          normalized_name: string | null;
          organization_id: string | null;
          person_id: string | null;
          tags: string[];
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          assigned_to?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          display_name: string;
          id?: string;
          kind: string;
          last_activity_at?: string | null;
          last_contacted_at?: string | null;
          legal_name?: string | null;
          let_go?: string[];
          next_step_at?: string | null;
          normalized_name?: never;
          organization_id?: string | null;
          person_id?: string | null;
          tags?: string[];
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          assigned_to?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          display_name?: string;
          id?: string;
          kind?: string;
          last_activity_at?: string | null;
          last_contacted_at?: string | null;
          legal_name?: string | null;
          let_go?: string[];
          next_step_at?: string | null;
          normalized_name?: never;
          organization_id?: string | null;
          person_id?: string | null;
          tags?: string[];
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'owners_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'owners_workspace_id_assigned_to_fkey';
            columns: ['workspace_id', 'assigned_to'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'owners_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'owners_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'owners_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      people: {
        Row: {
          assigned_to: string | null;
          city: string | null;
          contact_types: string[];
          created_at: string;
          deleted_at: string | null;
          details: NonNullable<Json>;
          display_name: string | null;
          edited_at: string | null;
          edited_by: string | null;
          field_sources: NonNullable<Json>;
          first_name: string | null;
          id: string;
          last_activity_at: string | null;
          last_name: string | null;
          lead_status: string;
          normalized_name: string | null;
          source_key: string | null;
          sources: string[];
          state: string | null;
          tags: string[];
          title: string | null;
          updated_at: string;
          user_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          assigned_to?: string | null;
          city?: string | null;
          contact_types?: string[];
          created_at?: string;
          deleted_at?: string | null;
          details?: NonNullable<Json>;
          display_name?: never;
          edited_at?: string | null;
          edited_by?: string | null;
          field_sources?: NonNullable<Json>;
          first_name?: string | null;
          id?: string;
          last_activity_at?: string | null;
          last_name?: string | null;
          lead_status?: string;
          normalized_name?: never;
          source_key?: string | null;
          sources?: string[];
          state?: string | null;
          tags?: string[];
          title?: string | null;
          updated_at?: string;
          user_id?: string | null;
          workspace_id: string;
        };
        Update: {
          assigned_to?: string | null;
          city?: string | null;
          contact_types?: string[];
          created_at?: string;
          deleted_at?: string | null;
          details?: NonNullable<Json>;
          display_name?: never;
          edited_at?: string | null;
          edited_by?: string | null;
          field_sources?: NonNullable<Json>;
          first_name?: string | null;
          id?: string;
          last_activity_at?: string | null;
          last_name?: string | null;
          lead_status?: string;
          normalized_name?: never;
          source_key?: string | null;
          sources?: string[];
          state?: string | null;
          tags?: string[];
          title?: string | null;
          updated_at?: string;
          user_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'people_workspace_id_assigned_to_fkey';
            columns: ['workspace_id', 'assigned_to'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'people_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      person_emails: {
        Row: {
          created_at: string;
          email_id: string;
          id: string;
          import_id: string | null;
          is_primary: boolean;
          label: string | null;
          person_id: string;
          source: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          email_id: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          person_id: string;
          source?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          email_id?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          person_id?: string;
          source?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'person_emails_workspace_id_email_id_fkey';
            columns: ['workspace_id', 'email_id'];
            isOneToOne: false;
            referencedRelation: 'emails';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'person_emails_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      person_linkedin: {
        Row: {
          created_at: string;
          id: string;
          import_id: string | null;
          is_primary: boolean;
          label: string | null;
          linkedin_id: string;
          person_id: string;
          source: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          linkedin_id: string;
          person_id: string;
          source?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          linkedin_id?: string;
          person_id?: string;
          source?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'person_linkedin_workspace_id_linkedin_id_fkey';
            columns: ['workspace_id', 'linkedin_id'];
            isOneToOne: false;
            referencedRelation: 'linkedin_profiles';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'person_linkedin_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      person_organizations: {
        Row: {
          created_at: string;
          id: string;
          import_id: string | null;
          is_primary: boolean;
          organization_id: string;
          person_id: string;
          title: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          organization_id: string;
          person_id: string;
          title?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          organization_id?: string;
          person_id?: string;
          title?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'person_organizations_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'person_organizations_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      person_phones: {
        Row: {
          created_at: string;
          id: string;
          import_id: string | null;
          is_primary: boolean;
          label: string | null;
          person_id: string;
          phone_id: string;
          source: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          person_id: string;
          phone_id: string;
          source?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          person_id?: string;
          phone_id?: string;
          source?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'person_phones_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'person_phones_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: false;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      phone_number_days: {
        Row: {
          day: string;
          id: string;
          phone_number_id: string;
          sent: number;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          day: string;
          id?: string;
          phone_number_id: string;
          sent?: number;
          workspace_id: string;
        };
        Update: {
          day?: string;
          id?: string;
          phone_number_id?: string;
          sent?: number;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'phone_number_days_workspace_id_phone_number_id_fkey';
            columns: ['workspace_id', 'phone_number_id'];
            isOneToOne: false;
            referencedRelation: 'phone_numbers';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      phone_numbers: {
        Row: {
          archived_at: string | null;
          assigned_to: string | null;
          breaker: string;
          breaker_until: string | null;
          capped_until: string | null;
          consecutive_errors: number;
          created_at: string;
          created_by: string | null;
          daily_cap: number;
          e164: string;
          features: string[];
          id: string;
          interval_ms: number;
          is_default_sender: boolean;
          label: string;
          last_error: string | null;
          next_send_at: string;
          paused_reason: string | null;
          provider_sid: string | null;
          status: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          assigned_to?: string | null;
          breaker?: string;
          breaker_until?: string | null;
          capped_until?: string | null;
          consecutive_errors?: number;
          created_at?: string;
          created_by?: string | null;
          daily_cap?: number;
          e164: string;
          features?: string[];
          id?: string;
          interval_ms?: number;
          is_default_sender?: boolean;
          label: string;
          last_error?: string | null;
          next_send_at?: string;
          paused_reason?: string | null;
          provider_sid?: string | null;
          status?: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          archived_at?: string | null;
          assigned_to?: string | null;
          breaker?: string;
          breaker_until?: string | null;
          capped_until?: string | null;
          consecutive_errors?: number;
          created_at?: string;
          created_by?: string | null;
          daily_cap?: number;
          e164?: string;
          features?: string[];
          id?: string;
          interval_ms?: number;
          is_default_sender?: boolean;
          label?: string;
          last_error?: string | null;
          next_send_at?: string;
          paused_reason?: string | null;
          provider_sid?: string | null;
          status?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'phone_numbers_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'phone_numbers_workspace_id_assigned_to_fkey';
            columns: ['workspace_id', 'assigned_to'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'phone_numbers_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      phones: {
        Row: {
          call_count: number;
          created_at: string;
          do_not_call: boolean;
          do_not_call_at: string | null;
          do_not_call_by: string | null;
          do_not_call_reason: string | null;
          e164: string;
          id: string;
          last_called_at: string | null;
          line_type: string | null;
          sms_opt_out_source: string | null;
          sms_opted_out_at: string | null;
          status: string;
          time_zone: string | null;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          call_count?: number;
          created_at?: string;
          do_not_call?: boolean;
          do_not_call_at?: string | null;
          do_not_call_by?: string | null;
          do_not_call_reason?: string | null;
          e164: string;
          id?: string;
          last_called_at?: string | null;
          line_type?: string | null;
          sms_opt_out_source?: string | null;
          sms_opted_out_at?: string | null;
          status?: string;
          time_zone?: string | null;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          call_count?: number;
          created_at?: string;
          do_not_call?: boolean;
          do_not_call_at?: string | null;
          do_not_call_by?: string | null;
          do_not_call_reason?: string | null;
          e164?: string;
          id?: string;
          last_called_at?: string | null;
          line_type?: string | null;
          sms_opt_out_source?: string | null;
          sms_opted_out_at?: string | null;
          status?: string;
          time_zone?: string | null;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'phones_do_not_call_by_fkey';
            columns: ['do_not_call_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'phones_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      pipeline_stages: {
        Row: {
          archived_at: string | null;
          created_at: string;
          id: string;
          name: string;
          pipeline_id: string;
          position: number;
          result: string;
          sla_days: number | null;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          created_at?: string;
          id?: string;
          name: string;
          pipeline_id: string;
          position: number;
          result?: string;
          sla_days?: number | null;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          archived_at?: string | null;
          created_at?: string;
          id?: string;
          name?: string;
          pipeline_id?: string;
          position?: number;
          result?: string;
          sla_days?: number | null;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'pipeline_stages_workspace_id_pipeline_id_fkey';
            columns: ['workspace_id', 'pipeline_id'];
            isOneToOne: false;
            referencedRelation: 'pipelines';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      pipelines: {
        Row: {
          approve_stage_id: string | null;
          archived_at: string | null;
          created_at: string;
          created_by: string | null;
          id: string;
          is_default: boolean;
          kind: string;
          name: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          approve_stage_id?: string | null;
          archived_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          is_default?: boolean;
          kind?: string;
          name: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          approve_stage_id?: string | null;
          archived_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          is_default?: boolean;
          kind?: string;
          name?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'pipelines_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'pipelines_workspace_id_approve_stage_id_id_fkey';
            columns: ['workspace_id', 'approve_stage_id', 'id'];
            isOneToOne: false;
            referencedRelation: 'pipeline_stages';
            referencedColumns: ['workspace_id', 'id', 'pipeline_id'];
          },
          {
            foreignKeyName: 'pipelines_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      profiles: {
        Row: {
          created_at: string;
          email: string;
          full_name: string;
          phone_e164: string | null;
          time_zone: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          email: string;
          full_name?: string;
          phone_e164?: string | null;
          time_zone?: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          email?: string;
          full_name?: string;
          phone_e164?: string | null;
          time_zone?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      properties: {
        Row: {
          address: string | null;
          assigned_to: string | null;
          city: string | null;
          completion_date: string | null;
          county: string | null;
          created_at: string;
          deleted_at: string | null;
          details: NonNullable<Json>;
          edited_at: string | null;
          edited_by: string | null;
          field_sources: NonNullable<Json>;
          id: string;
          last_activity_at: string | null;
          latitude: number | null;
          longitude: number | null;
          market: string | null;
          name: string | null;
          normalized_address: string;
          normalized_name: string;
          owner_id: string | null;
          sources: string[];
          sqft: number | null;
          state: string | null;
          submarket: string | null;
          tags: string[];
          units: number | null;
          updated_at: string;
          workspace_id: string;
          zip: string | null;
        };
        ComputedFields: never;
        Insert: {
          address?: string | null;
          assigned_to?: string | null;
          city?: string | null;
          completion_date?: string | null;
          county?: string | null;
          created_at?: string;
          deleted_at?: string | null;
          details?: NonNullable<Json>;
          edited_at?: string | null;
          edited_by?: string | null;
          field_sources?: NonNullable<Json>;
          id?: string;
          last_activity_at?: string | null;
          latitude?: number | null;
          longitude?: number | null;
          market?: string | null;
          name?: string | null;
          normalized_address?: never;
          normalized_name?: never;
          owner_id?: string | null;
          sources?: string[];
          sqft?: number | null;
          state?: string | null;
          submarket?: string | null;
          tags?: string[];
          units?: number | null;
          updated_at?: string;
          workspace_id: string;
          zip?: string | null;
        };
        Update: {
          address?: string | null;
          assigned_to?: string | null;
          city?: string | null;
          completion_date?: string | null;
          county?: string | null;
          created_at?: string;
          deleted_at?: string | null;
          details?: NonNullable<Json>;
          edited_at?: string | null;
          edited_by?: string | null;
          field_sources?: NonNullable<Json>;
          id?: string;
          last_activity_at?: string | null;
          latitude?: number | null;
          longitude?: number | null;
          market?: string | null;
          name?: string | null;
          normalized_address?: never;
          normalized_name?: never;
          owner_id?: string | null;
          sources?: string[];
          sqft?: number | null;
          state?: string | null;
          submarket?: string | null;
          tags?: string[];
          units?: number | null;
          updated_at?: string;
          workspace_id?: string;
          zip?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'properties_workspace_id_assigned_to_fkey';
            columns: ['workspace_id', 'assigned_to'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'properties_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'properties_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      property_organizations: {
        Row: {
          created_at: string;
          id: string;
          import_id: string | null;
          organization_id: string;
          property_id: string;
          role: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          organization_id: string;
          property_id: string;
          role: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          organization_id?: string;
          property_id?: string;
          role?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'property_organizations_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'property_organizations_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      property_people: {
        Row: {
          created_at: string;
          id: string;
          import_id: string | null;
          person_id: string;
          property_id: string;
          role: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          person_id: string;
          property_id: string;
          role: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          person_id?: string;
          property_id?: string;
          role?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'property_people_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'property_people_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      property_phones: {
        Row: {
          created_at: string;
          id: string;
          import_id: string | null;
          is_primary: boolean;
          label: string | null;
          phone_id: string;
          property_id: string;
          source: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          phone_id: string;
          property_id: string;
          source?: string | null;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          import_id?: string | null;
          is_primary?: boolean;
          label?: string | null;
          phone_id?: string;
          property_id?: string;
          source?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'property_phones_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: false;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'property_phones_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      provider_events: {
        Row: {
          batch_id: string | null;
          claimed_at: string;
          error: string | null;
          event_id: string;
          handled_at: string | null;
          id: string;
          payload: NonNullable<Json>;
          provider: string;
          received_at: string;
          type: string;
        };
        ComputedFields: never;
        Insert: {
          batch_id?: string | null;
          claimed_at?: string;
          error?: string | null;
          event_id: string;
          handled_at?: string | null;
          id?: string;
          payload: NonNullable<Json>;
          provider: string;
          received_at?: string;
          type: string;
        };
        Update: {
          batch_id?: string | null;
          claimed_at?: string;
          error?: string | null;
          event_id?: string;
          handled_at?: string | null;
          id?: string;
          payload?: NonNullable<Json>;
          provider?: string;
          received_at?: string;
          type?: string;
        };
        Relationships: [];
      };
      saved_views: {
        Row: {
          created_at: string;
          created_by: string;
          entity: string;
          id: string;
          is_shared: boolean;
          name: string;
          state: NonNullable<Json>;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          created_by: string;
          entity: string;
          id?: string;
          is_shared?: boolean;
          name: string;
          state?: NonNullable<Json>;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          created_by?: string;
          entity?: string;
          id?: string;
          is_shared?: boolean;
          name?: string;
          state?: NonNullable<Json>;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'saved_views_workspace_id_created_by_fkey';
            columns: ['workspace_id', 'created_by'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'saved_views_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      senders: {
        Row: {
          archived_at: string | null;
          created_at: string;
          created_by: string | null;
          id: string;
          local_part: string;
          mailbox_id: string | null;
          name: string;
          postal_address: string;
          reply_to: string | null;
          signature: string;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          local_part: string;
          mailbox_id?: string | null;
          name: string;
          postal_address: string;
          reply_to?: string | null;
          signature?: string;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          archived_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          local_part?: string;
          mailbox_id?: string | null;
          name?: string;
          postal_address?: string;
          reply_to?: string | null;
          signature?: string;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'senders_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'senders_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'senders_workspace_id_mailbox_id_fkey';
            columns: ['workspace_id', 'mailbox_id'];
            isOneToOne: false;
            referencedRelation: 'mailboxes';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      sending_domain_days: {
        Row: {
          day: string;
          domain_id: string;
          id: string;
          sent: number;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          day: string;
          domain_id: string;
          id?: string;
          sent?: number;
          workspace_id: string;
        };
        Update: {
          day?: string;
          domain_id?: string;
          id?: string;
          sent?: number;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sending_domain_days_workspace_id_domain_id_fkey';
            columns: ['workspace_id', 'domain_id'];
            isOneToOne: false;
            referencedRelation: 'sending_domains';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      sending_domains: {
        Row: {
          breaker: string;
          breaker_until: string | null;
          consecutive_errors: number;
          created_at: string;
          created_by: string | null;
          daily_cap: number;
          domain: string;
          id: string;
          interval_seconds: number;
          jitter_seconds: number;
          last_error: string | null;
          next_send_at: string;
          paused_reason: string | null;
          status: string;
          updated_at: string;
          wait_reason: string | null;
          warmup_started_on: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          breaker?: string;
          breaker_until?: string | null;
          consecutive_errors?: number;
          created_at?: string;
          created_by?: string | null;
          daily_cap?: number;
          domain: string;
          id?: string;
          interval_seconds?: number;
          jitter_seconds?: number;
          last_error?: string | null;
          next_send_at?: string;
          paused_reason?: string | null;
          status?: string;
          updated_at?: string;
          wait_reason?: string | null;
          warmup_started_on?: string | null;
          workspace_id: string;
        };
        Update: {
          breaker?: string;
          breaker_until?: string | null;
          consecutive_errors?: number;
          created_at?: string;
          created_by?: string | null;
          daily_cap?: number;
          domain?: string;
          id?: string;
          interval_seconds?: number;
          jitter_seconds?: number;
          last_error?: string | null;
          next_send_at?: string;
          paused_reason?: string | null;
          status?: string;
          updated_at?: string;
          wait_reason?: string | null;
          warmup_started_on?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sending_domains_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'sending_domains_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      sms_batches: {
        Row: {
          body: string;
          created_at: string;
          created_by: string | null;
          id: string;
          left_out: NonNullable<Json>;
          name: string;
          phone_number_id: string | null;
          starts_at: string | null;
          status: string;
          template_id: string | null;
          total: number;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          body: string;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          left_out?: NonNullable<Json>;
          name: string;
          phone_number_id?: string | null;
          starts_at?: string | null;
          status?: string;
          template_id?: string | null;
          total?: number;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          body?: string;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          left_out?: NonNullable<Json>;
          name?: string;
          phone_number_id?: string | null;
          starts_at?: string | null;
          status?: string;
          template_id?: string | null;
          total?: number;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_batches_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'sms_batches_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_batches_workspace_id_phone_number_id_fkey';
            columns: ['workspace_id', 'phone_number_id'];
            isOneToOne: false;
            referencedRelation: 'phone_numbers';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'sms_batches_workspace_id_template_id_fkey';
            columns: ['workspace_id', 'template_id'];
            isOneToOne: false;
            referencedRelation: 'outreach_templates';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      sms_messages: {
        Row: {
          asked_at: string | null;
          attempts: number;
          batch_id: string | null;
          body: string;
          claimed_at: string | null;
          created_at: string;
          created_by: string | null;
          decision: Json | null;
          delivered_at: string | null;
          delivery: string | null;
          delivery_rank: number;
          direction: string;
          error_code: string | null;
          id: string;
          is_paused: boolean;
          keyword: string | null;
          last_error: string | null;
          lease_token: string | null;
          lease_until: string | null;
          media: NonNullable<Json>;
          person_id: string | null;
          phone_id: string;
          phone_number_id: string | null;
          provider_sid: string | null;
          purpose: string;
          received_at: string | null;
          run_at: string | null;
          segments: number | null;
          sent_at: string | null;
          status: string;
          template_id: string | null;
          updated_at: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          asked_at?: string | null;
          attempts?: number;
          batch_id?: string | null;
          body: string;
          claimed_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          decision?: Json | null;
          delivered_at?: string | null;
          delivery?: string | null;
          delivery_rank?: number;
          direction: string;
          error_code?: string | null;
          id?: string;
          is_paused?: boolean;
          keyword?: string | null;
          last_error?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          media?: NonNullable<Json>;
          person_id?: string | null;
          phone_id: string;
          phone_number_id?: string | null;
          provider_sid?: string | null;
          purpose?: string;
          received_at?: string | null;
          run_at?: string | null;
          segments?: number | null;
          sent_at?: string | null;
          status: string;
          template_id?: string | null;
          updated_at?: string;
          workspace_id: string;
        };
        Update: {
          asked_at?: string | null;
          attempts?: number;
          batch_id?: string | null;
          body?: string;
          claimed_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          decision?: Json | null;
          delivered_at?: string | null;
          delivery?: string | null;
          delivery_rank?: number;
          direction?: string;
          error_code?: string | null;
          id?: string;
          is_paused?: boolean;
          keyword?: string | null;
          last_error?: string | null;
          lease_token?: string | null;
          lease_until?: string | null;
          media?: NonNullable<Json>;
          person_id?: string | null;
          phone_id?: string;
          phone_number_id?: string | null;
          provider_sid?: string | null;
          purpose?: string;
          received_at?: string | null;
          run_at?: string | null;
          segments?: number | null;
          sent_at?: string | null;
          status?: string;
          template_id?: string | null;
          updated_at?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sms_messages_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'sms_messages_workspace_id_batch_id_fkey';
            columns: ['workspace_id', 'batch_id'];
            isOneToOne: false;
            referencedRelation: 'sms_batches';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'sms_messages_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sms_messages_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'sms_messages_workspace_id_phone_id_fkey';
            columns: ['workspace_id', 'phone_id'];
            isOneToOne: false;
            referencedRelation: 'phones';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'sms_messages_workspace_id_phone_number_id_fkey';
            columns: ['workspace_id', 'phone_number_id'];
            isOneToOne: false;
            referencedRelation: 'phone_numbers';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'sms_messages_workspace_id_template_id_fkey';
            columns: ['workspace_id', 'template_id'];
            isOneToOne: false;
            referencedRelation: 'outreach_templates';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      stage_moves: {
        Row: {
          at: string;
          by_rule: boolean;
          from_stage_id: string | null;
          id: string;
          moved_by: string | null;
          reason: string | null;
          to_stage_id: string;
          verification_id: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          at?: string;
          by_rule?: boolean;
          from_stage_id?: string | null;
          id?: string;
          moved_by?: string | null;
          reason?: string | null;
          to_stage_id: string;
          verification_id: string;
          workspace_id: string;
        };
        Update: {
          at?: string;
          by_rule?: boolean;
          from_stage_id?: string | null;
          id?: string;
          moved_by?: string | null;
          reason?: string | null;
          to_stage_id?: string;
          verification_id?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'stage_moves_moved_by_fkey';
            columns: ['moved_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'stage_moves_workspace_id_from_stage_id_fkey';
            columns: ['workspace_id', 'from_stage_id'];
            isOneToOne: false;
            referencedRelation: 'pipeline_stages';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'stage_moves_workspace_id_to_stage_id_fkey';
            columns: ['workspace_id', 'to_stage_id'];
            isOneToOne: false;
            referencedRelation: 'pipeline_stages';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'stage_moves_workspace_id_verification_id_fkey';
            columns: ['workspace_id', 'verification_id'];
            isOneToOne: false;
            referencedRelation: 'verifications';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      storage_removals: {
        Row: {
          bucket: string;
          due_at: string;
          id: string;
          path: string;
          until_at: string;
        };
        ComputedFields: never;
        Insert: {
          bucket?: string;
          due_at?: string;
          id?: string;
          path: string;
          until_at?: string;
        };
        Update: {
          bucket?: string;
          due_at?: string;
          id?: string;
          path?: string;
          until_at?: string;
        };
        Relationships: [];
      };
      tasks: {
        Row: {
          activity_id: string | null;
          assigned_to: string | null;
          created_at: string;
          created_by: string | null;
          deleted_at: string | null;
          done_at: string | null;
          done_by: string | null;
          due_at: string | null;
          id: string;
          organization_id: string | null;
          owner_id: string | null;
          person_id: string | null;
          priority: string;
          property_id: string | null;
          remind_at: string | null;
          source: string;
          status: string;
          title: string;
          updated_at: string;
          verification_id: string | null;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          activity_id?: string | null;
          assigned_to?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          done_at?: string | null;
          done_by?: string | null;
          due_at?: string | null;
          id?: string;
          organization_id?: string | null;
          owner_id?: string | null;
          person_id?: string | null;
          priority?: string;
          property_id?: string | null;
          remind_at?: string | null;
          source?: string;
          status?: string;
          title: string;
          updated_at?: string;
          verification_id?: string | null;
          workspace_id: string;
        };
        Update: {
          activity_id?: string | null;
          assigned_to?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          done_at?: string | null;
          done_by?: string | null;
          due_at?: string | null;
          id?: string;
          organization_id?: string | null;
          owner_id?: string | null;
          person_id?: string | null;
          priority?: string;
          property_id?: string | null;
          remind_at?: string | null;
          source?: string;
          status?: string;
          title?: string;
          updated_at?: string;
          verification_id?: string | null;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'tasks_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'tasks_done_by_fkey';
            columns: ['done_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_activity_id_fkey';
            columns: ['workspace_id', 'activity_id'];
            isOneToOne: true;
            referencedRelation: 'activities';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_assigned_to_fkey';
            columns: ['workspace_id', 'assigned_to'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_organization_id_fkey';
            columns: ['workspace_id', 'organization_id'];
            isOneToOne: false;
            referencedRelation: 'organizations';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_person_id_fkey';
            columns: ['workspace_id', 'person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'tasks_workspace_id_verification_id_fkey';
            columns: ['workspace_id', 'verification_id'];
            isOneToOne: false;
            referencedRelation: 'verifications';
            referencedColumns: ['workspace_id', 'id'];
          },
        ];
      };
      verifications: {
        Row: {
          assigned_to: string | null;
          created_at: string;
          created_by: string | null;
          deleted_at: string | null;
          id: string;
          lost_reason: string | null;
          owner_id: string | null;
          pipeline_id: string;
          property_deleted: boolean;
          property_id: string;
          rank: number;
          result: string;
          score: number | null;
          score_inputs: NonNullable<Json>;
          sla_breached_at: string | null;
          stage_entered_at: string;
          stage_id: string;
          status: string;
          updated_at: string;
          version: number;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          assigned_to?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          id?: string;
          lost_reason?: string | null;
          owner_id?: string | null;
          pipeline_id: string;
          property_deleted?: boolean;
          property_id: string;
          rank: number;
          result: string;
          score?: number | null;
          score_inputs?: NonNullable<Json>;
          sla_breached_at?: string | null;
          stage_entered_at?: string;
          stage_id: string;
          status?: never;
          updated_at?: string;
          version?: number;
          workspace_id: string;
        };
        Update: {
          assigned_to?: string | null;
          created_at?: string;
          created_by?: string | null;
          deleted_at?: string | null;
          id?: string;
          lost_reason?: string | null;
          owner_id?: string | null;
          pipeline_id?: string;
          property_deleted?: boolean;
          property_id?: string;
          rank?: number;
          result?: string;
          score?: number | null;
          score_inputs?: NonNullable<Json>;
          sla_breached_at?: string | null;
          stage_entered_at?: string;
          stage_id?: string;
          status?: never;
          updated_at?: string;
          version?: number;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'verifications_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'verifications_workspace_id_assigned_to_fkey';
            columns: ['workspace_id', 'assigned_to'];
            isOneToOne: false;
            referencedRelation: 'workspace_members';
            referencedColumns: ['workspace_id', 'user_id'];
          },
          {
            foreignKeyName: 'verifications_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'verifications_workspace_id_owner_id_fkey';
            columns: ['workspace_id', 'owner_id'];
            isOneToOne: false;
            referencedRelation: 'owners';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'verifications_workspace_id_pipeline_id_fkey';
            columns: ['workspace_id', 'pipeline_id'];
            isOneToOne: false;
            referencedRelation: 'pipelines';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'verifications_workspace_id_property_id_fkey';
            columns: ['workspace_id', 'property_id'];
            isOneToOne: false;
            referencedRelation: 'properties';
            referencedColumns: ['workspace_id', 'id'];
          },
          {
            foreignKeyName: 'verifications_workspace_id_stage_id_pipeline_id_result_fkey';
            columns: ['workspace_id', 'stage_id', 'pipeline_id', 'result'];
            isOneToOne: false;
            referencedRelation: 'pipeline_stages';
            referencedColumns: ['workspace_id', 'id', 'pipeline_id', 'result'];
          },
        ];
      };
      workspace_members: {
        Row: {
          created_at: string;
          role: string;
          updated_at: string;
          user_id: string;
          workspace_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          role?: string;
          updated_at?: string;
          user_id: string;
          workspace_id: string;
        };
        Update: {
          created_at?: string;
          role?: string;
          updated_at?: string;
          user_id?: string;
          workspace_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'workspace_members_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['user_id'];
          },
          {
            foreignKeyName: 'workspace_members_workspace_id_fkey';
            columns: ['workspace_id'];
            isOneToOne: false;
            referencedRelation: 'workspaces';
            referencedColumns: ['id'];
          },
        ];
      };
      workspaces: {
        Row: {
          created_at: string;
          id: string;
          name: string;
          settings: NonNullable<Json>;
          slug: string;
          tier: string;
          time_zone: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          name: string;
          settings?: NonNullable<Json>;
          slug: string;
          tier?: string;
          time_zone?: string;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          name?: string;
          settings?: NonNullable<Json>;
          slug?: string;
          tier?: string;
          time_zone?: string;
          updated_at?: string;
        };
        Relationships: [];
      };
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      accept_campaign_emails: {
        Args: { campaign: string; emails?: string[]; workspace: string };
        Returns: number;
      };
      accept_invitation: { Args: { token: string }; Returns: Json };
      add_campaign_recipients: {
        Args: { campaign: string; filter?: Json; people?: string[]; workspace: string };
        Returns: Json;
      };
      add_do_not_call: { Args: { numbers: Json; workspace: string }; Returns: Json };
      add_owner_contact: { Args: { contact: Json; owner: string; workspace: string }; Returns: Json };
      add_phone_number: {
        Args: {
          actor: string;
          e164: string;
          features: string[];
          label: string;
          provider_sid: string;
          workspace: string;
        };
        Returns: Json;
      };
      add_to_board: {
        Args: { pipeline: string; properties: string[]; stage: string; workspace: string };
        Returns: Json;
      };
      analyze_import_tables: { Args: Record<PropertyKey, never>; Returns: undefined };
      analyze_reminder_tables: { Args: Record<PropertyKey, never>; Returns: undefined };
      apply_email_events: { Args: { events: Json }; Returns: number };
      apply_inbound_emails: { Args: { mailbox: string; rows: Json }; Returns: Json };
      archive_stage: {
        Args: { move_to?: string; reason?: string; stage: string; workspace: string };
        Returns: Json;
      };
      ask_to_reconnect: { Args: { failure: string; mailbox: string }; Returns: boolean };
      begin_call: {
        Args: { decision: Json; own_number?: string; phone: string; via: string; workspace: string };
        Returns: Json;
      };
      begin_cron_run: { Args: { cron_name: string; lease_seconds: number }; Returns: string };
      begin_import_phase: {
        Args: { import: string; next_phase: string; workspace: string };
        Returns: undefined;
      };
      begin_inbound_call: { Args: { from_e164: string; sid: string; to_e164: string }; Returns: Json };
      bridge_facts: { Args: { call: string }; Returns: Json };
      bulk_update: {
        Args: { change: Json; entity: string; ids: string[]; workspace: string };
        Returns: Json;
      };
      call_desk: { Args: { phone: string; workspace: string }; Returns: Json };
      call_leaderboard: {
        Args: { days?: number; from_day?: string; to_day?: string; workspace: string };
        Returns: Json;
      };
      campaign_analytics: { Args: { campaign: string; workspace: string }; Returns: Json };
      campaign_field_gaps: {
        Args: {
          after_id?: string;
          campaign: string;
          page_size?: number;
          wanted: string[];
          workspace: string;
        };
        Returns: Json;
      };
      campaign_preview_data: {
        Args: { campaign: string; recipient?: string; workspace: string };
        Returns: Json;
      };
      cancel_call: { Args: { call: string; workspace: string }; Returns: Json };
      cancel_campaign: { Args: { campaign: string; workspace: string }; Returns: string };
      cancel_import: { Args: { import: string; workspace: string }; Returns: undefined };
      cancel_text: { Args: { text_id: string; workspace: string }; Returns: Json };
      claim_digests: { Args: { batch?: number }; Returns: Json };
      claim_direct_emails: { Args: { batch: number; lease_seconds: number }; Returns: Json };
      claim_emails: {
        Args: {
          at?: string;
          batch?: number;
          burst?: number;
          lease_seconds: number;
          only_workspace?: string;
          warmup: number[];
        };
        Returns: Json;
      };
      claim_followups: {
        Args: { at?: string; batch?: number; lease_seconds: number; only_workspace?: string };
        Returns: Json;
      };
      claim_import: {
        Args: { lease_seconds: number; wanted?: string };
        Returns: {
          counts: NonNullable<Json>;
          created_at: string;
          created_by: string | null;
          error: string | null;
          file_name: string;
          file_path: string;
          file_size: number;
          finished_at: string | null;
          id: string;
          inspection: NonNullable<Json>;
          kept: NonNullable<Json>;
          last_line: number;
          lease_token: string | null;
          lease_until: string | null;
          mapping: NonNullable<Json>;
          phase: string | null;
          preset: string;
          processed_rows: number;
          started_at: string | null;
          status: string;
          total_rows: number | null;
          undo_remaining: number | null;
          undo_total: number | null;
          undone_at: string | null;
          updated_at: string;
          workspace_id: string;
        }[];
        SetofOptions: {
          from: '*';
          to: 'imports';
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      claim_invitation_mail: { Args: { new_token_hash: string }; Returns: Json };
      claim_mailboxes: { Args: { batch: number; lease_seconds: number; not_since: string }; Returns: Json };
      claim_phone: { Args: { phone: string; take_over?: boolean; workspace: string }; Returns: Json };
      claim_provider_events: { Args: { events: Json }; Returns: string[] };
      claim_removals: { Args: { batch?: number }; Returns: string[] };
      claim_staging: { Args: { lease_seconds: number }; Returns: Json };
      claim_texts: {
        Args: { at?: string; batch?: number; burst?: number; lease_seconds: number; only_workspace?: string };
        Returns: Json;
      };
      claim_unknown_emails: {
        Args: { wanted: number };
        Returns: {
          id: string;
          since: string;
          to_address: string;
        }[];
      };
      claim_unknown_texts: { Args: { wanted?: number }; Returns: Json };
      claim_unwritten_emails: {
        Args: { batch: number; horizon_minutes: number; lease_seconds: number };
        Returns: Json;
      };
      clear_import_rows: { Args: { import: string; lease: string; max_rows: number }; Returns: number };
      complete_campaigns: { Args: Record<PropertyKey, never>; Returns: number };
      complete_text_batches: { Args: Record<PropertyKey, never>; Returns: number };
      connect_mailbox: {
        Args: {
          access_until?: string;
          account: string;
          mailbox: string;
          sealed_access?: string;
          sealed_refresh: string;
          workspace: string;
        };
        Returns: string;
      };
      count_active_cards: { Args: { properties: string[]; workspace: string }; Returns: number };
      count_call_targets: { Args: { filter?: Json; workspace: string }; Returns: number };
      count_organizations: { Args: { filter?: Json; workspace: string }; Returns: number };
      count_owners: { Args: { filter?: Json; workspace: string }; Returns: number };
      count_people: { Args: { filter?: Json; workspace: string }; Returns: number };
      count_properties: { Args: { filter?: Json; workspace: string }; Returns: number };
      create_campaign: { Args: { format?: string; name: string; workspace: string }; Returns: string };
      create_organization: { Args: { organization: Json; workspace: string }; Returns: Json };
      create_owner: { Args: { owner: Json; workspace: string }; Returns: Json };
      create_person: { Args: { person: Json; workspace: string }; Returns: Json };
      create_pipeline: { Args: { name: string; workspace: string }; Returns: string };
      create_property: { Args: { property: Json; workspace: string }; Returns: Json };
      create_stage: { Args: { pipeline: string; stage: Json; workspace: string }; Returns: string };
      create_text_batch: {
        Args: { draft: Json; filter?: Json; people?: string[]; workspace: string };
        Returns: string;
      };
      create_workspace: { Args: { workspace_name: string; workspace_time_zone?: string }; Returns: Json };
      current_user_id: { Args: Record<PropertyKey, never>; Returns: string };
      decide_inbound_email: { Args: { mail: string; verdict: string; workspace: string }; Returns: string };
      dial_facts: { Args: { own_number?: string; phone: string; workspace: string }; Returns: Json };
      direct_email_facts: { Args: { mails: string[] }; Returns: Json };
      disconnect_mailbox: { Args: { mailbox: string; workspace: string }; Returns: undefined };
      drop_upload: { Args: { file: string; workspace: string }; Returns: undefined };
      edit_campaign_email: {
        Args: { campaign: string; change: Json; email: string; workspace: string };
        Returns: undefined;
      };
      email_facts: { Args: { lease: string; mails: string[] }; Returns: Json };
      expire_files: { Args: { batch?: number }; Returns: number };
      filter_options: { Args: { entity: string; workspace: string }; Returns: Json };
      find_invitation: { Args: { token: string }; Returns: Json };
      find_organization: {
        Args: { organization_name: string; organization_state?: string; workspace: string };
        Returns: Json;
      };
      find_point: { Args: { kind: string; value: string; workspace: string }; Returns: Json };
      find_property: {
        Args: {
          except_id?: string;
          property_address: string;
          property_city: string;
          property_name: string;
          workspace: string;
        };
        Returns: Json;
      };
      find_unsubscribe: { Args: { token: string }; Returns: Json };
      find_upload: { Args: { file: string; workspace: string }; Returns: Json };
      finish_dial: {
        Args: { call: string; problem?: string; sid?: string; state: string; workspace: string };
        Returns: Json;
      };
      finish_digest: {
        Args: { person: string; until: string; was_sent: boolean; workspace: string };
        Returns: undefined;
      };
      finish_direct_email: { Args: { lease: string; mail: string; outcome: Json }; Returns: boolean };
      finish_emails: {
        Args: { at?: string; breaker: Json; domains: Json; lease: string; results: Json };
        Returns: number;
      };
      finish_followups: { Args: { at?: string; lease: string; results: Json }; Returns: Json };
      finish_import_phase: { Args: { failure?: string; import: string; lease: string }; Returns: boolean };
      finish_mailbox_sync: {
        Args: { failure?: string; lease: string; mailbox: string; next_history?: string };
        Returns: boolean;
      };
      finish_provider_events: { Args: { results: Json; source: string }; Returns: number };
      finish_removals: { Args: { paths: string[] }; Returns: undefined };
      finish_texts: {
        Args: {
          at?: string;
          breaker: Json;
          lease: string;
          numbers: Json;
          opted_out?: string[];
          results: Json;
        };
        Returns: number;
      };
      finish_written_emails: { Args: { results: Json }; Returns: number };
      follow_call_targets: { Args: { page_size: number }; Returns: boolean };
      forget_provider_events: { Args: { wanted: number }; Returns: number };
      get_board: {
        Args: { filter?: Json; page_size?: number; pipeline?: string; workspace: string };
        Returns: Json;
      };
      get_board_changes: {
        Args: { filter: Json; ids: string[]; pipeline: string; workspace: string };
        Returns: Json;
      };
      get_call: { Args: { call: string; workspace: string }; Returns: Json };
      get_calling_settings: { Args: { workspace: string }; Returns: Json };
      get_campaign: { Args: { campaign: string; workspace: string }; Returns: Json };
      get_campaign_email: { Args: { campaign: string; email: string; workspace: string }; Returns: Json };
      get_conversation: {
        Args: {
          before_at?: string;
          before_id?: string;
          conversation: string;
          page_size?: number;
          workspace: string;
        };
        Returns: Json;
      };
      get_followup_rules: { Args: { workspace: string }; Returns: Json };
      get_inbound_email: { Args: { mail: string; workspace: string }; Returns: Json };
      get_organization: { Args: { organization: string; workspace: string }; Returns: Json };
      get_outbox_email: { Args: { email: string; workspace: string }; Returns: Json };
      get_owner_bundle: { Args: { owner: string; timeline_size?: number; workspace: string }; Returns: Json };
      get_person: { Args: { person: string; workspace: string }; Returns: Json };
      get_point_sharers: { Args: { kind: string; point: string; workspace: string }; Returns: Json };
      get_property: { Args: { property: string; workspace: string }; Returns: Json };
      get_text_batch: { Args: { batch: string; workspace: string }; Returns: Json };
      get_verification: { Args: { card: string; workspace: string }; Returns: Json };
      get_verification_settings: { Args: { workspace: string }; Returns: Json };
      hold_by_hand: { Args: { phone: string; until?: string; workspace: string }; Returns: string };
      home_summary: { Args: { workspace: string }; Returns: Json };
      import_chunk: { Args: { apply: boolean; import: string; lease: string; records: Json }; Returns: Json };
      import_counts: { Args: { import: string }; Returns: Json };
      launch_campaign: { Args: { campaign: string; saw: number; workspace: string }; Returns: string };
      lift_do_not_call: { Args: { phone: string; reason: string; workspace: string }; Returns: boolean };
      lift_hold: { Args: { hold: string; workspace: string }; Returns: undefined };
      link_organization: {
        Args: {
          link_title?: string;
          organization: Json;
          person: string;
          primary_link?: boolean;
          workspace: string;
        };
        Returns: Json;
      };
      link_organization_person: {
        Args: { organization: string; person: Json; person_title?: string; workspace: string };
        Returns: Json;
      };
      link_point: {
        Args: {
          kind: string;
          link_label?: string;
          owner: string;
          owner_kind: string;
          phone_line_type?: string;
          primary_point?: boolean;
          value: string;
          workspace: string;
        };
        Returns: Json;
      };
      link_property_party: {
        Args: { party: Json; party_kind: string; party_role: string; property: string; workspace: string };
        Returns: Json;
      };
      list_audit_log: {
        Args: {
          after_id?: string;
          before_at?: string;
          of_entity?: string;
          page_size?: number;
          workspace: string;
        };
        Returns: Json;
      };
      list_batch_texts: {
        Args: {
          after_id?: string;
          after_value?: string;
          batch: string;
          page_size?: number;
          state?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_board_cards: {
        Args: { after_rank?: string; filter?: Json; page_size?: number; stage: string; workspace: string };
        Returns: Json;
      };
      list_call_history: {
        Args: { after_at?: string; after_id?: string; filter?: Json; page_size?: number; workspace: string };
        Returns: Json;
      };
      list_call_targets: {
        Args: {
          after_id?: string;
          after_rank?: string;
          after_rule?: number;
          filter?: Json;
          page_size?: number;
          workspace: string;
        };
        Returns: Json;
      };
      list_campaign_emails: {
        Args: {
          after_id?: string;
          after_value?: string;
          campaign: string;
          filter?: Json;
          page_size?: number;
          workspace: string;
        };
        Returns: Json;
      };
      list_campaign_left_out: {
        Args: {
          after_id?: string;
          after_value?: string;
          campaign: string;
          page_size?: number;
          why?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_campaign_recipients: {
        Args: {
          after_id?: string;
          after_value?: string;
          campaign: string;
          page_size?: number;
          query?: string;
          wanted_status?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_campaigns: {
        Args: {
          after_id?: string;
          after_value?: string;
          page_size?: number;
          query?: string;
          states?: string[];
          workspace: string;
        };
        Returns: Json;
      };
      list_cards_of_property: { Args: { property: string; workspace: string }; Returns: Json };
      list_do_not_call: {
        Args: { after_at?: string; after_id?: string; max_rows?: number; query?: string; workspace: string };
        Returns: Json;
      };
      list_files: { Args: { subject: string; subject_id: string; workspace: string }; Returns: Json };
      list_import_rows: {
        Args: {
          after_line?: number;
          import: string;
          page_size?: number;
          shown?: string;
          with_cells?: boolean;
          workspace: string;
        };
        Returns: Json;
      };
      list_inbound_emails: {
        Args: {
          before_at?: string;
          before_id?: string;
          of_campaign?: string;
          page_size?: number;
          shown?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_mailboxes: { Args: { workspace: string }; Returns: Json };
      list_notifications: {
        Args: {
          after_id?: string;
          before_at?: string;
          page_size?: number;
          unread_only?: boolean;
          workspace: string;
        };
        Returns: Json;
      };
      list_organizations: {
        Args: {
          after_id?: string;
          after_value?: string;
          descending?: boolean;
          filter?: Json;
          page_size?: number;
          sort?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_outbox: {
        Args: {
          after_at?: string;
          after_id?: string;
          ascending?: boolean;
          filter?: Json;
          page_size?: number;
          workspace: string;
        };
        Returns: Json;
      };
      list_owner_timeline: {
        Args: { before?: string; owner: string; page_size?: number; workspace: string };
        Returns: Json;
      };
      list_owners: {
        Args: {
          after_id?: string;
          after_value?: string;
          descending?: boolean;
          filter?: Json;
          page_size?: number;
          sort?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_people: {
        Args: {
          after_id?: string;
          after_value?: string;
          descending?: boolean;
          filter?: Json;
          page_size?: number;
          sort?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_person_mail: { Args: { person: string; workspace: string }; Returns: Json };
      list_phone_numbers: { Args: { workspace: string }; Returns: Json };
      list_pipelines: { Args: { workspace: string }; Returns: Json };
      list_properties: {
        Args: {
          after_id?: string;
          after_value?: string;
          descending?: boolean;
          filter?: Json;
          page_size?: number;
          sort?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_revocations: { Args: Record<PropertyKey, never>; Returns: Json };
      list_tasks: {
        Args: {
          after?: Json;
          mine?: boolean;
          of_status?: string;
          page_size?: number;
          subject?: string;
          subject_id?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_text_batches: {
        Args: {
          after_id?: string;
          after_value?: string;
          page_size?: number;
          wanted_status?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_texts: {
        Args: {
          after_id?: string;
          after_value?: string;
          page_size?: number;
          wanted_direction?: string;
          wanted_status?: string;
          workspace: string;
        };
        Returns: Json;
      };
      list_timeline: {
        Args: { before?: string; page_size?: number; subject: string; subject_id: string; workspace: string };
        Returns: Json;
      };
      log_outreach: { Args: { outreach: Json; workspace: string }; Returns: Json };
      mark_sla_breaches: { Args: { batch?: number }; Returns: number };
      match_inbound: { Args: { mailbox: string; messages: Json }; Returns: Json };
      merge_fields: { Args: { recipients: string[]; workspace: string }; Returns: Json };
      metric_rows: {
        Args: {
          after_at?: string;
          after_id?: string;
          figure: string;
          filter?: Json;
          page_size?: number;
          workspace: string;
        };
        Returns: Json;
      };
      move_stranded_emails: { Args: { batch?: number }; Returns: number };
      move_verification: {
        Args: {
          above: string;
          below: string;
          card: string;
          expected_version: number;
          reason?: string;
          to_stage: string;
          workspace: string;
        };
        Returns: Json;
      };
      my_account: { Args: Record<PropertyKey, never>; Returns: Json };
      next_call: { Args: { filter?: Json; passed_over?: string[]; workspace: string }; Returns: Json };
      note_bridge: {
        Args: { call: string; decision: Json; problem: string; sid: string };
        Returns: undefined;
      };
      note_call_events: { Args: { events: Json }; Returns: Json };
      note_sent_emails: { Args: { mailbox: string; rows: Json }; Returns: number };
      note_unfound_emails: { Args: { mails: string[] }; Returns: number };
      note_unwritten_emails: { Args: { horizon_minutes: number; problem: string }; Returns: number };
      note_waiting_emails: {
        Args: { at?: string; batch?: number; only_workspace?: string; provider_is_set: boolean };
        Returns: number;
      };
      note_waiting_texts: {
        Args: { at?: string; batch?: number; only_workspace?: string; provider_is_set: boolean };
        Returns: number;
      };
      open_due_next_steps: { Args: { batch?: number }; Returns: number };
      open_thread: { Args: { owner: string; property?: string; workspace: string }; Returns: Json };
      outreach_targets: { Args: { subject: string; subject_id: string; workspace: string }; Returns: Json };
      owner_figures: { Args: { workspace: string }; Returns: Json };
      owners_metrics: { Args: { days?: number; workspace: string }; Returns: Json };
      pause_campaign: { Args: { campaign: string; workspace: string }; Returns: string };
      person_email_story: { Args: { person: string; workspace: string }; Returns: Json };
      person_texts: { Args: { person: string; workspace: string }; Returns: Json };
      phone_texts: { Args: { phone: string; workspace: string }; Returns: Json };
      prepare_mailbox: { Args: { account: string; workspace: string }; Returns: string };
      preview_text_batch: { Args: { filter?: Json; people?: string[]; workspace: string }; Returns: Json };
      queue_direct_email: { Args: { mail: Json; workspace: string }; Returns: Json };
      queue_test_email: { Args: { campaign: string; mail: Json; workspace: string }; Returns: string };
      queue_text: { Args: { draft: Json; workspace: string }; Returns: Json };
      read_call_followups: { Args: { batch?: number; only_workspace?: string }; Returns: Json };
      read_notifications: { Args: { until?: string; workspace: string }; Returns: number };
      read_staging: {
        Args: { after_id: string; campaign: string; page_size: number; workspace: string };
        Returns: Json;
      };
      read_stale_calls: { Args: { wanted?: number }; Returns: Json };
      read_unwritten_texts: { Args: { only_workspace?: string; page_size?: number }; Returns: Json };
      receive_text: { Args: { at?: string; message: Json }; Returns: Json };
      record_outcome: { Args: { given: Json; phone: string; workspace: string }; Returns: Json };
      register_file: { Args: { file: string; seen_type: string; workspace: string }; Returns: Json };
      release_import: { Args: { import: string; lease: string }; Returns: undefined };
      release_phone: { Args: { phone: string; workspace: string }; Returns: boolean };
      release_staging: {
        Args: { campaign: string; error: string; lease: string; wait_seconds: number; workspace: string };
        Returns: undefined;
      };
      remind_due_tasks: { Args: { batch?: number }; Returns: number };
      remove_campaign_email: {
        Args: { campaign: string; email: string; workspace: string };
        Returns: undefined;
      };
      remove_campaign_emails: {
        Args: { campaign: string; emails: string[]; workspace: string };
        Returns: number;
      };
      remove_campaign_recipients: {
        Args: { campaign: string; recipients?: string[]; workspace: string };
        Returns: number;
      };
      renew_import_lease: {
        Args: { import: string; lease: string; lease_seconds: number };
        Returns: boolean;
      };
      reorder_stages: { Args: { pipeline: string; stages: string[]; workspace: string }; Returns: undefined };
      request_context: { Args: { workspace?: string }; Returns: Json };
      request_invitation_mail: { Args: { invitation: string }; Returns: undefined };
      restore_note: { Args: { note: string; workspace: string }; Returns: string };
      restore_stage: { Args: { stage: string; workspace: string }; Returns: undefined };
      resume_campaign: { Args: { campaign: string; workspace: string }; Returns: string };
      retry_campaign_email: { Args: { campaign: string; email: string; workspace: string }; Returns: string };
      retry_direct_email: { Args: { mail: string; workspace: string }; Returns: undefined };
      retry_sending_domain: { Args: { domain: string; workspace: string }; Returns: undefined };
      retry_text: { Args: { text_id: string; workspace: string }; Returns: Json };
      save_calling_settings: { Args: { change: Json; workspace: string }; Returns: Json };
      save_campaign_steps: {
        Args: { campaign: string; graph: Json; saw: number; workspace: string };
        Returns: number;
      };
      save_followup_rules: { Args: { rules: Json; workspace: string }; Returns: Json };
      save_notification_preferences: {
        Args: { digest?: string; muted?: string[]; workspace: string };
        Returns: Json;
      };
      search: { Args: { max_rows?: number; query: string; workspace: string }; Returns: Json };
      sending_outlook: { Args: { workspace: string }; Returns: Json };
      sending_settings: { Args: { workspace: string }; Returns: Json };
      set_campaign_deleted: {
        Args: { campaign: string; deleted: boolean; workspace: string };
        Returns: undefined;
      };
      set_cards_deleted: {
        Args: { cards: string[]; deleted: boolean; workspace: string };
        Returns: string[];
      };
      set_recipient_email: {
        Args: { campaign: string; email: string; recipient: string; workspace: string };
        Returns: undefined;
      };
      set_text_batch: { Args: { batch: string; becomes: string; workspace: string }; Returns: string };
      set_verification_settings: { Args: { change: Json; workspace: string }; Returns: Json };
      set_workspace_tier: { Args: { new_tier: string; workspace: string }; Returns: Json };
      settle_texts: { Args: { told: Json }; Returns: Json };
      stage_emails: {
        Args: {
          campaign: string;
          launch: string;
          lease: string;
          lease_seconds: number;
          mails: Json;
          workspace: string;
        };
        Returns: number;
      };
      sweep_emails: { Args: { at?: string; only_workspace?: string }; Returns: number };
      sweep_texts: { Args: { at?: string; only_workspace?: string }; Returns: number };
      text_draft: {
        Args: {
          number?: string;
          person?: string;
          phone: string;
          template?: string;
          text_id?: string;
          workspace: string;
        };
        Returns: Json;
      };
      text_facts: { Args: { at?: string; lease: string; texts: string[] }; Returns: Json };
      transfer_ownership: { Args: { new_owner: string; workspace: string }; Returns: undefined };
      undo_bulk: { Args: { bulk: string; workspace: string }; Returns: Json };
      undo_import_chunk: { Args: { import: string; lease: string; max_entities: number }; Returns: Json };
      undo_outcome: { Args: { call: string; workspace: string }; Returns: Json };
      unhandled_provider_events: {
        Args: { source: string; wanted: number };
        Returns: {
          event_id: string;
          payload: Json;
          type: string;
        }[];
      };
      unlink_point: {
        Args: { kind: string; owner: string; owner_kind: string; point: string; workspace: string };
        Returns: boolean;
      };
      unsubscribe: { Args: { how: string; token: string }; Returns: Json };
      update_organization_link: { Args: { change: Json; link: string; workspace: string }; Returns: boolean };
      update_phone_number: { Args: { change: Json; number: string; workspace: string }; Returns: Json };
      update_pipeline: { Args: { change: Json; pipeline: string; workspace: string }; Returns: undefined };
      update_point_link: {
        Args: {
          change: Json;
          kind: string;
          owner: string;
          owner_kind: string;
          point: string;
          workspace: string;
        };
        Returns: Json;
      };
      update_stage: { Args: { change: Json; stage: string; workspace: string }; Returns: undefined };
      update_verification: { Args: { card: string; change: Json; workspace: string }; Returns: Json };
      write_call_followups: { Args: { rows: Json }; Returns: Json };
      write_texts: { Args: { batch: string; texts: Json }; Returns: number };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R;
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R;
      }
      ? R
      : never
    : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I;
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I;
      }
      ? I
      : never
    : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U;
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U;
      }
      ? U
      : never
    : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema['Enums']
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never;

export const Constants = {
  public: {
    Enums: {},
  },
} as const;
